output "topic_arn" {
  description = "The SNS topic that alarms go to."
  value       = aws_sns_topic.this.arn
}

output "dashboard" {
  description = "The name of the dashboard."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}
