# One deployment of Parley: what the modules need of each other is said here, and nowhere else.

locals {
  context = {
    prefix = "${var.project}-${var.environment}"
    tags   = var.tags
  }

  repository = "${path.module}/../.."
}

module "tables" {
  source = "../modules/tables"

  context                = local.context
  point_in_time_recovery = var.point_in_time_recovery
  deletion_protection    = var.deletion_protection
  kms_key_arn            = var.tables_kms_key_arn
}

module "identity" {
  source = "../modules/identity"

  context             = local.context
  mfa                 = var.mfa
  self_sign_up        = var.self_sign_up
  groups              = var.groups
  token_minutes       = var.token_minutes
  refresh_token_days  = var.refresh_token_days
  deletion_protection = var.deletion_protection
  hosted_domain       = var.hosted_domain
  callback_urls       = concat(["${module.site.url}/"], var.extra_callback_urls)
  social_providers    = var.social_providers
}

module "network" {
  source = "../modules/network"
  count  = var.network == null ? 0 : 1

  context            = local.context
  cidr_block         = var.network.cidr_block
  nat                = var.network.nat
  ipv6               = var.network.ipv6
  flow_logs          = var.network.flow_logs
  log_retention_days = var.log_retention_days
}

module "functions" {
  source = "../modules/functions"

  context                 = local.context
  lambdas_path            = "${local.repository}/lambdas"
  release                 = var.release
  build_path              = "${local.repository}/build"
  tables                  = module.tables.tables
  connections             = module.websocket_api.connections
  network                 = one(module.network[*].for_functions)
  log_retention_days      = var.log_retention_days
  log_level               = var.log_level
  message_retention_days  = var.message_retention_days
  limits                  = var.limits
  tracing                 = var.tracing
  snap_start              = var.snap_start
  reserved_concurrency    = var.reserved_concurrency
  provisioned_concurrency = var.provisioned_concurrency

  identity = {
    issuer    = module.identity.issuer
    client_id = module.identity.user_pool_client_id
    jwks_url  = module.identity.jwks_url
  }
}

module "websocket_api" {
  source = "../modules/websocket_api"

  context             = local.context
  functions           = module.functions.functions
  stage               = var.stage
  throttling          = var.throttling
  detailed_metrics    = var.detailed_metrics
  log_retention_days  = var.log_retention_days
  manage_logging_role = var.manage_api_logging_role
}

module "http_api" {
  source = "../modules/http_api"

  context            = local.context
  functions          = module.functions.functions
  issuer             = module.identity.issuer
  client_id          = module.identity.user_pool_client_id
  allowed_origins    = concat([module.site.url], var.extra_origins)
  throttling         = var.throttling
  log_retention_days = var.log_retention_days
}

module "site" {
  source = "../modules/site"

  context       = local.context
  app_path      = "${local.repository}/frontend/dist"
  domain        = var.domain
  web_acl_arn   = var.web_acl_arn
  price_class   = var.price_class
  force_destroy = !var.deletion_protection

  # What the app calls, and no more; the HTTP API is for other systems.
  connects_to = concat(
    [module.websocket_api.origin, local.cognito_url],
    local.hosted_ui == null ? [] : ["https://${local.hosted_ui}"],
  )

  config = { for name, value in {
    websocketUrl     = module.websocket_api.url
    region           = local.region
    userPoolId       = module.identity.user_pool_id
    userPoolClientId = module.identity.user_pool_client_id
    cognitoEndpoint  = "${local.cognito_url}/"
    hostedUiDomain   = local.hosted_ui
  } : name => value if value != null }
}

module "observability" {
  source = "../modules/observability"

  context            = local.context
  functions          = { for folder, function in module.functions.functions : folder => function.name }
  tables             = { for name, table in module.tables.tables : name => table.name }
  queues             = module.functions.queues
  dead_letter_queues = module.functions.dead_letter_queues
  websocket_api      = { id = module.websocket_api.api_id, stage = module.websocket_api.stage, access_log_group = module.websocket_api.access_log_group }
  http_api           = { id = module.http_api.api_id }
  alarm_emails       = var.alarm_emails
  monthly_budget_usd = var.monthly_budget_usd
}

data "aws_region" "this" {}

locals {
  # `id` is the region's name in every version of the provider.
  region      = data.aws_region.this.id
  cognito_url = "https://cognito-idp.${local.region}.amazonaws.com"
  hosted_ui   = var.hosted_domain == null ? null : "${var.hosted_domain}.auth.${local.region}.amazoncognito.com"
}
