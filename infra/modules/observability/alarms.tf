# Every alarm means that a person should look, and its description says where. No data is no trouble, but for the canary:
# nobody chats at night. Only queues, dead-letter queues and stream readers have alarms of their own: another function or table
# of any other kind does not raise the idle bill. Alarms cost by the metrics they watch, $0.10 a month each (`make cost`).

locals {
  actions   = [aws_sns_topic.this.arn]
  namespace = "Parley/${var.context.prefix}"
  api       = { ApiId = var.websocket_api.id, Stage = var.websocket_api.stage }
  http      = { ApiId = var.http_api.id }

  # Alarms on one metric.
  essential = merge(
    {
      failures = {
        says      = "A function failed, or answered a command with an internal error. Search the log groups of the functions for level ERROR; the reference in the log is the one that the person saw."
        namespace = local.namespace, metric = "Failures", dimensions = {}, statistic = "Sum", percentile = null
        threshold = 1, periods = 1, period = 300
      }
      throttled-functions = {
        says      = "Lambda throttled functions of this account: its concurrency is used up."
        namespace = "AWS/Lambda", metric = "Throttles", dimensions = {}, statistic = "Sum", percentile = null
        threshold = 10, periods = 1, period = 300
      }
    },
    { for name, queue in var.dead_letter_queues : "${replace(name, "_", "-")}-gave-up" => {
      says      = "Entries could not be worked on even after repeating, and wait in ${queue} for two weeks."
      namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", dimensions = { QueueName = queue }, statistic = "Maximum", percentile = null
      threshold = 1, periods = 1, period = 300
    } },
    { for name, queue in var.queues : "${name}-late" => {
      says      = "${queue} is not worked off: its oldest entry has waited for more than two minutes."
      namespace = "AWS/SQS", metric = "ApproximateAgeOfOldestMessage", dimensions = { QueueName = queue }, statistic = "Maximum", percentile = null
      threshold = 121, periods = 3, period = 60
    } },
    { for folder, function in var.stream_readers : "${replace(folder, "_", "-")}-lags" => {
      says      = "${function} has not read its stream for five minutes. What it gives up lies in the bucket of failed records."
      namespace = "AWS/Lambda", metric = "IteratorAge", dimensions = { FunctionName = function }, statistic = "Maximum", percentile = null
      threshold = 300000, periods = 1, period = 300
    } },
  )

  more = {
    throttled-tables = {
      says      = "DynamoDB throttled requests, of tables or their indexes: one room or person is busier than a partition allows, or the account's limit is reached."
      namespace = local.namespace, metric = "Throttled", dimensions = {}, statistic = "Sum", percentile = null
      threshold = 10, periods = 1, period = 300
    }
    connections-refused = {
      says      = "At least 20 connections could not be opened in each of two periods of five minutes: wrong or expired tokens, or the authorizer fails."
      namespace = local.namespace, metric = "RefusedConnections", dimensions = {}, statistic = "Sum", percentile = null
      threshold = 20, periods = 2, period = 300
    }
    websocket-slow = {
      says      = "One in twenty answers of the WebSocket API takes more than three seconds."
      namespace = "AWS/ApiGateway", metric = "IntegrationLatency", dimensions = local.api, statistic = null, percentile = "p95"
      threshold = 3001, periods = 3, period = 300
    }
    http-slow = {
      says      = "One in twenty answers of the HTTP API takes more than three seconds."
      namespace = "AWS/ApiGateway", metric = "IntegrationLatency", dimensions = local.http, statistic = null, percentile = "p95"
      threshold = 3001, periods = 3, period = 300
    }
    http-errors = {
      says      = "Requests to the HTTP API failed (5xx)."
      namespace = "AWS/ApiGateway", metric = "5xx", dimensions = local.http, statistic = "Sum", percentile = null
      threshold = 1, periods = 2, period = 300
    }
    http-refusals = {
      says      = "Requests to the HTTP API were refused (4xx)."
      namespace = "AWS/ApiGateway", metric = "4xx", dimensions = local.http, statistic = "Sum", percentile = null
      threshold = 50, periods = 2, period = 300
    }
  }

  # Alarms on an expression over several metrics, all of them sums of the WebSocket API.
  essential_rates = {
    websocket-errors = {
      says       = "Frames failed in API Gateway, before or after our function (5xx)."
      expression = "FILL(integration, 0) + FILL(execution, 0)"
      label      = "Failed frames"
      threshold  = 5
      metrics    = { integration = "IntegrationError", execution = "ExecutionError" }
    }
  }

  more_rates = {
    websocket-refusals = {
      says       = "More than a tenth of the frames and handshakes were refused (4xx), and at least 50: an old client, an attack, or throttling."
      expression = "IF(refused >= 50, 100 * refused / (FILL(messages, 0) + FILL(connects, 0) + refused), 0)"
      label      = "Refused, %"
      threshold  = 10
      metrics    = { refused = "ClientError", messages = "MessageCount", connects = "ConnectCount" }
    }
  }

  is_standard = var.alarms == "standard"
  singles     = { for name, alarm in merge(local.essential, local.more) : name => alarm if local.is_standard || contains(keys(local.essential), name) }
  rates       = { for name, alarm in merge(local.essential_rates, local.more_rates) : name => alarm if local.is_standard || contains(keys(local.essential_rates), name) }
}

resource "aws_cloudwatch_metric_alarm" "single" {
  for_each = local.singles

  alarm_name          = "${var.context.prefix}-${each.key}"
  alarm_description   = each.value.says
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  extended_statistic  = each.value.percentile
  period              = each.value.period
  evaluation_periods  = each.value.periods
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags
}

resource "aws_cloudwatch_metric_alarm" "rate" {
  for_each = local.rates

  alarm_name          = "${var.context.prefix}-${each.key}"
  alarm_description   = each.value.says
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  threshold           = each.value.threshold
  treat_missing_data  = "notBreaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "rate"
    expression  = each.value.expression
    label       = each.value.label
    return_data = true
  }

  dynamic "metric_query" {
    for_each = each.value.metrics

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

# An outage of everything leaves no data behind, so this alarm alone takes no data for trouble.
resource "aws_cloudwatch_metric_alarm" "canary" {
  count = var.canary == null ? 0 : 1

  alarm_name          = "${var.context.prefix}-canary"
  alarm_description   = "For three runs nobody could sign in, send a message and get it. The log group of the function ${var.canary.function} names the step that failed; where it has no lines, the schedule or Lambda itself fails."
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 3
  threshold           = 1
  treat_missing_data  = "breaching"
  alarm_actions       = local.actions
  ok_actions          = local.actions
  tags                = var.context.tags

  metric_query {
    id          = "succeeded"
    expression  = "invocations - FILL(errors, 0)"
    label       = "Runs that succeeded"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { invocations = "Invocations", errors = "Errors" }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/Lambda"
        metric_name = metric_query.value
        dimensions  = { FunctionName = var.canary.function }
        period      = 60 * var.canary.minutes
        stat        = "Sum"
      }
    }
  }
}
