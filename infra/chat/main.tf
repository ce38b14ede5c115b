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
  email               = var.sign_up_email
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
  zones              = var.network.zones
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
  direct_reach            = var.direct_reach
  edits                   = var.edits
  typing                  = var.typing
  limits                  = var.limits
  tracing                 = var.tracing
  snap_start              = var.snap_start
  reserved_concurrency    = var.reserved_concurrency
  provisioned_concurrency = var.provisioned_concurrency
  force_destroy           = !var.deletion_protection
  schedules               = var.canary_minutes == null ? {} : { canary = var.canary_minutes }

  identity = {
    issuer    = module.identity.issuer
    client_id = module.identity.user_pool_client_id
    jwks_url  = module.identity.jwks_url
  }
}

module "websocket_api" {
  source = "../modules/websocket_api"

  context            = local.context
  functions          = module.functions.functions
  stage              = var.stage
  throttling         = var.throttling
  detailed_metrics   = var.detailed_metrics
  log_retention_days = var.log_retention_days
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

  # What the app calls, and no more.
  connects_to = concat(
    [module.websocket_api.origin, local.http_apis, local.cognito_url],
    local.hosted_ui == null ? [] : ["https://${local.hosted_ui}"],
  )

  config = { for name, value in {
    websocketUrl     = module.websocket_api.url
    httpApiUrl       = module.http_api.url
    region           = local.region
    userPoolId       = module.identity.user_pool_id
    userPoolClientId = module.identity.user_pool_client_id
    cognitoEndpoint  = "${local.cognito_url}/"
    hostedUiDomain   = local.hosted_ui
    signUp           = var.self_sign_up ? "open" : "closed"
    typing           = var.typing ? "on" : "off"
  } : name => value if value != null }
}

module "observability" {
  source = "../modules/observability"

  context            = local.context
  alarms             = var.alarms
  canary             = var.canary_minutes == null ? null : { function = module.functions.functions["canary"].name, minutes = var.canary_minutes }
  functions          = module.functions.functions
  stream_readers     = module.functions.stream_readers
  tables             = { for name, table in module.tables.tables : name => table.name }
  queues             = module.functions.queues
  dead_letter_queues = module.functions.dead_letter_queues
  websocket_api      = { id = module.websocket_api.api_id, stage = module.websocket_api.stage, access_log_group = module.websocket_api.access_log_group }
  http_api           = { id = module.http_api.api_id }
  alarm_emails       = var.alarm_emails
  monthly_budget_usd = var.monthly_budget_usd
}

locals {
  # From an ARN: the provider's data source names the region by another attribute in each major version.
  region = split(":", module.tables.tables["connections"].arn)[3]
  # This cannot name the HTTP API exactly: its CORS rules name the site, so it is created after the site.
  http_apis   = "https://*.execute-api.${local.region}.amazonaws.com"
  cognito_url = "https://cognito-idp.${local.region}.amazonaws.com"
  hosted_ui   = var.hosted_domain == null ? null : "${var.hosted_domain}.auth.${local.region}.amazoncognito.com"
}
