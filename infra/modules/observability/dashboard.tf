# One page that answers: is it healthy, is it busy, what does it cost?

locals {
  region    = split(":", aws_sns_topic.this.arn)[3]
  websocket = ["ApiId", var.websocket_api.id, "Stage", var.websocket_api.stage]

  healthy = [
    {
      title   = "Failures, commands that failed by our fault, throttled requests to tables"
      stat    = "Sum"
      metrics = [[local.namespace, "Failures"], [local.namespace, "CommandFaults"], [local.namespace, "Throttled"]]
    },
    {
      title = "Refused and failed frames, refused connections"
      stat  = "Sum"
      metrics = [
        concat(["AWS/ApiGateway", "ClientError"], local.websocket),
        concat(["AWS/ApiGateway", "IntegrationError"], local.websocket),
        concat(["AWS/ApiGateway", "ExecutionError"], local.websocket),
        [local.namespace, "RefusedConnections"],
      ]
    },
    {
      title   = "Waiting in queues and dead-letter queues"
      stat    = "Maximum"
      metrics = [for name in concat(values(var.queues), values(var.dead_letter_queues)) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name]]
    },
  ]

  busy = [
    {
      title   = "Connections opened, frames (per minute)"
      stat    = "Sum"
      metrics = [concat(["AWS/ApiGateway", "ConnectCount"], local.websocket), concat(["AWS/ApiGateway", "MessageCount"], local.websocket)]
    },
    {
      title   = "How long functions take, p95 in ms"
      stat    = "p95"
      metrics = [for function in values(var.functions) : ["AWS/Lambda", "Duration", "FunctionName", function.name]]
    },
    {
      title   = "Consumed writes of tables"
      stat    = "Sum"
      metrics = [for name in values(var.tables) : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", name]]
    },
  ]

  # List prices of us-east-1 per unit, in USD. `make cost` is the whole bill; these are what grows with use.
  prices = { message = 1 / 1000000, write = 0.625 / 1000000, read = 0.125 / 1000000, gb_ms = 0.0000133334 / 1000, invocation = 0.2 / 1000000 }

  listed = values(var.functions)
  tens   = chunklist(range(length(local.listed)), 10)

  usage = concat(
    [concat(["AWS/ApiGateway", "MessageCount"], local.websocket, [{ id = "messages", visible = false }])],
    [for number, name in values(var.tables) : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", name, { id = "w${number}", visible = false }]],
    [for number, name in values(var.tables) : ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", name, { id = "r${number}", visible = false }]],
    [for number, function in local.listed : ["AWS/Lambda", "Duration", "FunctionName", function.name, { id = "d${number}", visible = false }]],
    [for number, function in local.listed : ["AWS/Lambda", "Invocations", "FunctionName", function.name, { id = "i${number}", visible = false }]],
  )

  costs = [for cost in concat(
    [{ id = "c1", label = "WebSocket frames", expression = "${local.prices.message} * FILL(messages, 0)" }],
    [{ id = "c2", label = "Tables", expression = join(" + ", concat([for number in range(length(var.tables)) : "${local.prices.write} * FILL(w${number}, 0)"], [for number in range(length(var.tables)) : "${local.prices.read} * FILL(r${number}, 0)"])) }],
    # CloudWatch takes expressions of up to 2,048 characters: ten functions in each, and then their sum.
    [for part, numbers in local.tens : { id = "f${part}", visible = false, expression = join(" + ", [for number in numbers : "${local.prices.gb_ms * local.listed[number].memory_mb / 1024} * FILL(d${number}, 0) + ${local.prices.invocation} * FILL(i${number}, 0)"]) }],
    [{ id = "c3", label = "Functions", expression = join(" + ", [for part in range(length(local.tens)) : "f${part}"]) }],
  ) : [cost]]

  rows = [local.healthy, local.busy]

  widgets = concat(
    [{
      type = "alarm", x = 0, y = 0, width = 24, height = 3
      properties = {
        title = "Is it healthy?"
        alarms = concat(
          [for alarm in aws_cloudwatch_metric_alarm.single : alarm.arn],
          [for alarm in aws_cloudwatch_metric_alarm.rate : alarm.arn],
        )
      }
    }],
    flatten([for row, widgets in local.rows : [for column, widget in widgets : {
      type = "metric", x = 8 * column, y = 3 + 6 * row, width = 8, height = 6
      properties = {
        title   = widget.title
        region  = local.region
        stat    = widget.stat
        period  = 60
        view    = "timeSeries"
        metrics = widget.metrics
      }
    }]]),
    [{
      type = "metric", x = 0, y = 15, width = 24, height = 6
      properties = {
        title   = "What it costs, in USD per hour: what grows with use, at list prices of us-east-1"
        region  = local.region
        stat    = "Sum"
        period  = 3600
        view    = "timeSeries"
        stacked = true
        metrics = concat(local.costs, local.usage)
      }
    }],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.context.prefix
  dashboard_body = jsonencode({ widgets = local.widgets })
}
