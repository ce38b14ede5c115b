# Who is told, and of what money. The alarms are in alarms.tf, the dashboard in dashboard.tf.

resource "aws_sns_topic" "this" {
  name = "${var.context.prefix}-alarms"
  tags = var.context.tags
}

resource "aws_sns_topic_subscription" "this" {
  for_each = toset(var.alarm_emails)

  topic_arn = aws_sns_topic.this.arn
  protocol  = "email"
  endpoint  = each.key
}

resource "aws_budgets_budget" "this" {
  count = var.monthly_budget_usd == null ? 0 : 1

  name         = "${var.context.prefix}-month"
  budget_type  = "COST"
  limit_amount = tostring(var.monthly_budget_usd)
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  tags         = var.context.tags

  dynamic "notification" {
    for_each = { ACTUAL = 100, FORECASTED = 100 }

    content {
      notification_type          = notification.key
      comparison_operator        = "GREATER_THAN"
      threshold                  = notification.value
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.alarm_emails
    }
  }

  lifecycle {
    precondition {
      condition     = length(var.alarm_emails) > 0
      error_message = "A budget tells somebody: give alarm_emails too, such as [\"team@example.com\"]."
    }
  }
}
