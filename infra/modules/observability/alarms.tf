# Every alarm means that a person should look, and its description says where. No data is no trouble: nobody chats at
# night.

locals {
  actions = [aws_sns_topic.this.arn]
  api     = { ApiId = var.websocket_api.id, Stage = var.websocket_api.stage }
}

resource "aws_cloudwatch_metric_alarm" "functions" {
  for_each = var.functions

  alarm_name          = "${each.value}-fails"
  alarm_description   = "${each.value} raised errors or was throttled. Look into the log group /aws/lambda/${each.value}."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "failures"
    expression  = "errors + throttles"
    label       = "Errors and throttles"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { errors = "Errors", throttles = "Throttles" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Lambda"
        metric_name = metric_query.value
        dimensions  = { FunctionName = each.value }
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "tables" {
  for_each = var.tables

  alarm_name          = "${each.value}-throttled"
  alarm_description   = "DynamoDB throttled ${each.value}: one room or person is busier than a partition allows, or the account's limit is reached."
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  threshold           = 10
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "throttled"
    expression  = "FILL(reads, 0) + FILL(writes, 0)"
    label       = "Throttled requests"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { reads = "ReadThrottleEvents", writes = "WriteThrottleEvents" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/DynamoDB"
        metric_name = metric_query.value
        dimensions  = { TableName = each.value }
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each = var.dead_letter_queues

  alarm_name          = "${each.value}-not-empty"
  alarm_description   = "Something could not be done even after repeating it, and waits in ${each.value} for two weeks."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

resource "aws_cloudwatch_metric_alarm" "queues" {
  for_each = var.queues

  alarm_name          = "${each.value}-late"
  alarm_description   = "${each.value} is not worked off: its oldest entry waits for more than two minutes."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = each.value }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 120
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

resource "aws_cloudwatch_metric_alarm" "websocket_errors" {
  alarm_name          = "${var.context.prefix}-websocket-errors"
  alarm_description   = "More than 1 % of the frames failed in a function or in API Gateway (5xx)."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  threshold           = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "rate"
    expression  = "100 * (FILL(integration, 0) + FILL(execution, 0)) / (FILL(messages, 0) + FILL(connects, 0) + 1)"
    label       = "Failed frames, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { integration = "IntegrationError", execution = "ExecutionError", messages = "MessageCount", connects = "ConnectCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        dimensions  = local.api
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "websocket_refusals" {
  alarm_name          = "${var.context.prefix}-websocket-refusals"
  alarm_description   = "More than a tenth of the frames and handshakes were refused (4xx), and at least 50: an old client, an attack, or throttling."
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  threshold           = 10
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "rate"
    expression  = "IF(refused >= 50, 100 * refused / (FILL(messages, 0) + FILL(connects, 0) + refused), 0)"
    label       = "Refused, %"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { refused = "ClientError", messages = "MessageCount", connects = "ConnectCount" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApiGateway"
        metric_name = metric_query.value
        dimensions  = local.api
        period      = 300
        stat        = "Sum"
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "latency" {
  for_each = {
    websocket = local.api
    http      = { ApiId = var.http_api.id }
  }

  alarm_name          = "${var.context.prefix}-${each.key}-slow"
  alarm_description   = "One in twenty answers of the ${each.key} API takes more than three seconds."
  namespace           = "AWS/ApiGateway"
  metric_name         = "IntegrationLatency"
  dimensions          = each.value
  extended_statistic  = "p95"
  period              = 300
  evaluation_periods  = 3
  comparison_operator = "GreaterThanThreshold"
  threshold           = 3000
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

resource "aws_cloudwatch_metric_alarm" "http" {
  for_each = {
    errors   = { metric = "5xx", threshold = 1, means = "failed (5xx)" }
    refusals = { metric = "4xx", threshold = 50, means = "were refused (4xx)" }
  }

  alarm_name          = "${var.context.prefix}-http-${each.key}"
  alarm_description   = "Requests to the HTTP API ${each.value.means}."
  namespace           = "AWS/ApiGateway"
  metric_name         = each.value.metric
  dimensions          = { ApiId = var.http_api.id }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

# API Gateway has no metric for refused handshakes alone, but its access log has a line for each.
resource "aws_cloudwatch_log_metric_filter" "refused_connections" {
  name           = "${var.context.prefix}-refused-connections"
  log_group_name = var.websocket_api.access_log_group
  pattern        = "{ ($.eventType = \"CONNECT\") && ($.status != \"200\") }"

  metric_transformation {
    name      = local.refused_connections
    namespace = local.namespace
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused_connections" {
  alarm_name          = "${var.context.prefix}-connections-refused"
  alarm_description   = "At least 20 connections in five minutes could not be opened: wrong or expired tokens, or the authorizer fails."
  namespace           = local.namespace
  metric_name         = local.refused_connections
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 2
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 20
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

locals {
  namespace           = "Parley/${var.context.prefix}"
  refused_connections = "RefusedConnections"
}
