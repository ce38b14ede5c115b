# Metrics of our own, counted from log lines. A metric without data costs nothing.

locals {
  # What a function logs is in shared/edge/logs.py; `record.status` is in Lambda's own lines: a crash or a time-out.
  # https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
  filters = {
    Failures      = "{ ($.level = \"ERROR\") || ($.record.status = \"error\") || ($.record.status = \"failure\") || ($.record.status = \"timeout\") }"
    CommandFaults = "{ $.outcome = \"internal\" }"
    Throttled     = "{ $.message = \"throttled\" }"
  }

  function_filters = merge([for metric, pattern in local.filters : {
    for folder, function in var.functions : "${metric}/${folder}" => { metric = metric, pattern = pattern, log_group = function.log_group }
    # The canary fails where something else does, and has an alarm of its own that waits for three failures.
    if folder != "canary"
  }]...)
}

resource "aws_cloudwatch_log_metric_filter" "functions" {
  for_each = local.function_filters

  name           = "${var.context.prefix}-${replace(each.key, "/", "-")}"
  log_group_name = each.value.log_group
  pattern        = each.value.pattern

  metric_transformation {
    name      = each.value.metric
    namespace = local.namespace
    value     = "1"
  }
}

# API Gateway has no metric for refused handshakes alone, but its access log has a line for each.
resource "aws_cloudwatch_log_metric_filter" "refused_connections" {
  name           = "${var.context.prefix}-refused-connections"
  log_group_name = var.websocket_api.access_log_group
  pattern        = "{ ($.eventType = \"CONNECT\") && ($.status != \"200\") }"

  metric_transformation {
    name      = "RefusedConnections"
    namespace = local.namespace
    value     = "1"
  }
}
