# One Lambda function for each `lambdas/*/function.yaml`: adding a folder there is the whole change.

locals {
  files = {
    for path in fileset(var.lambdas_path, "*/function.yaml") :
    dirname(path) => yamldecode(file("${var.lambdas_path}/${path}"))
  }

  # The same files with everything filled in that may be left out; `tools/function_files.py` is their schema.
  functions = {
    for folder, file in local.files : folder => {
      name            = "${var.context.prefix}-${replace(folder, "_", "-")}"
      description     = file.description
      memory_mb       = try(file.memory_mb, 256)
      timeout_seconds = try(file.timeout_seconds, 30)
      route           = try(file.trigger.route, [])
      silent          = try(file.trigger.silent, [])
      authorizer      = try(file.trigger.authorizer, null)
      http            = try(file.trigger.http, [])
      public          = try(file.public, false)
      indexes         = try(file.indexes, {})
      sends_to        = try(file.sends_to, [])
      parameters      = try(file.parameters, [])
      schedule        = try(file.trigger.schedule, false)
      environment     = try(file.environment, {})

      # The edge counts every command, and closes the connection of somebody who floods.
      tables      = merge(try(file.tables, {}), local.counts_commands[folder] ? { allowances = ["UpdateItem"] } : {})
      connections = try(file.connections, local.counts_commands[folder] ? "close" : "none")
      settings    = toset(concat(try(file.settings, []), local.counts_commands[folder] ? ["limits"] : []))

      queue = try(merge({
        batch_size                 = 10
        visibility_timeout_seconds = 180
        max_receives               = 5
        maximum_concurrency        = null
      }, file.trigger.queue), null)

      stream = try(merge({
        batch_size                 = 100
        maximum_retry_attempts     = 5
        maximum_record_age_seconds = 3600
      }, file.trigger.stream), null)
    }
  }

  counts_commands = {
    for folder, file in local.files : folder => length(setsubtract(try(file.trigger.route, []), ["$disconnect"])) > 0
  }

  # The variables of each group of `shared/core/settings.py` that a function file may name.
  settings = {
    chat     = { PARLEY_RETENTION_DAYS = tostring(var.message_retention_days) }
    direct   = { PARLEY_DIRECT_REACH = var.direct_reach }
    typing   = { PARLEY_TYPING = var.typing ? "on" : "off" }
    edits    = { PARLEY_EDIT_MINUTES = tostring(var.edits.minutes), PARLEY_EDIT_HISTORY = var.edits.history }
    limits   = { for name, limit in var.limits : "PARLEY_LIMIT_${upper(name)}" => tostring(limit) }
    canary   = { PARLEY_WEBSOCKET_URL = replace(var.connections.url, "/^http/", "ws") }
    release  = { PARLEY_VERSION = var.release }
    delivery = { for queue, url in local.queue_urls : "PARLEY_QUEUE_URL_${upper(replace(queue, "-", "_"))}" => url }
    identity = {
      PARLEY_ISSUER    = var.identity.issuer
      PARLEY_CLIENT_ID = var.identity.client_id
      PARLEY_JWKS_URL  = var.identity.jwks_url
    }
  }

  environments = {
    for folder, function in local.functions : folder => merge(
      { LOG_LEVEL = var.log_level },
      length(function.tables) == 0 ? {} : { PARLEY_TABLE_PREFIX = var.context.prefix },
      function.connections == "none" ? {} : { PARLEY_CONNECTIONS_URL = var.connections.url },
      merge([for group in function.settings : local.settings[group]]...),
      { for name in function.parameters : "PARLEY_PARAMETER_${upper(replace(name, "-", "_"))}" => "/${var.context.prefix}/${name}" },
      function.environment,
    )
  }

  # Only what works on tables and connections goes into the VPC. The authorizer fetches Cognito's public keys, and
  # must not depend on the way out that the VPC has.
  in_network = {
    for folder, function in local.functions : folder =>
    var.network != null && length(function.tables) + length(function.indexes) + length(function.sends_to) > 0
  }
}

resource "aws_lambda_layer_version" "this" {
  layer_name               = "${var.context.prefix}-shared"
  description              = "The package `shared` and what it depends on."
  s3_bucket                = module.code.id
  s3_key                   = aws_s3_object.code["layer"].key
  s3_object_version        = aws_s3_object.code["layer"].version_id
  compatible_runtimes      = [local.runtime]
  compatible_architectures = [local.architecture]

  lifecycle {
    create_before_destroy = true
  }
}

locals {
  runtime      = "python3.13"
  architecture = "arm64"
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name     = each.value.name
  description       = each.value.description
  role              = aws_iam_role.this[each.key].arn
  runtime           = local.runtime
  architectures     = [local.architecture]
  handler           = "handler.handler"
  s3_bucket         = module.code.id
  s3_key            = aws_s3_object.code[each.key].key
  s3_object_version = aws_s3_object.code[each.key].version_id
  layers            = [aws_lambda_layer_version.this.arn]
  memory_size       = each.value.memory_mb
  timeout           = each.value.timeout_seconds
  # Every change makes a version, and callers come through the alias: a change of code and settings takes effect at
  # once or not at all, and SnapStart, which knows only versions, needs nothing else.
  publish                        = true
  reserved_concurrent_executions = lookup(var.reserved_concurrency, each.key, -1)
  tags                           = var.context.tags

  environment {
    variables = local.environments[each.key]
  }

  logging_config {
    log_format            = "JSON"
    application_log_level = var.log_level
    system_log_level      = "WARN"
    log_group             = aws_cloudwatch_log_group.this[each.key].name
  }

  tracing_config {
    mode = var.tracing ? "Active" : "PassThrough"
  }

  dynamic "snap_start" {
    for_each = var.snap_start ? ["PublishedVersions"] : []

    content {
      apply_on = snap_start.value
    }
  }

  dynamic "vpc_config" {
    for_each = local.in_network[each.key] ? [var.network] : []

    content {
      subnet_ids                  = vpc_config.value.subnet_ids
      security_group_ids          = vpc_config.value.security_group_ids
      ipv6_allowed_for_dual_stack = vpc_config.value.ipv6
    }
  }

  # A function that starts before its role may write logs, or reach the VPC, starts badly.
  depends_on = [aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "this" {
  for_each = local.functions

  name             = "live"
  description      = "The version that is in use."
  function_name    = aws_lambda_function.this[each.key].function_name
  function_version = aws_lambda_function.this[each.key].version
}

resource "aws_lambda_provisioned_concurrency_config" "this" {
  for_each = var.provisioned_concurrency

  function_name                     = aws_lambda_function.this[each.key].function_name
  qualifier                         = aws_lambda_alias.this[each.key].name
  provisioned_concurrent_executions = each.value
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.functions

  name              = "/aws/lambda/${each.value.name}"
  retention_in_days = var.log_retention_days
  tags              = var.context.tags
}
