# Functions that the clock invokes, where `schedules` says how often.

resource "aws_cloudwatch_event_rule" "schedule" {
  for_each = var.schedules

  name                = local.functions[each.key].name
  description         = local.functions[each.key].description
  schedule_expression = each.value == 1 ? "rate(1 minute)" : "rate(${each.value} minutes)"
  tags                = var.context.tags

  lifecycle {
    precondition {
      condition     = local.functions[each.key].schedule
      error_message = "The function ${each.key} has no `schedule` trigger in its function.yaml."
    }
  }
}

resource "aws_cloudwatch_event_target" "schedule" {
  for_each = var.schedules

  rule = aws_cloudwatch_event_rule.schedule[each.key].name
  arn  = aws_lambda_alias.this[each.key].arn
}

resource "aws_lambda_permission" "schedule" {
  for_each = var.schedules

  statement_id_prefix = "schedule-"
  action              = "lambda:InvokeFunction"
  function_name       = aws_lambda_function.this[each.key].function_name
  qualifier           = aws_lambda_alias.this[each.key].name
  principal           = "events.amazonaws.com"
  source_arn          = aws_cloudwatch_event_rule.schedule[each.key].arn
}
