output "url" {
  description = "Where the API is, without a slash at the end."
  value       = local.url
}

output "api_id" {
  description = "The API's id, by which its metrics are found."
  value       = aws_apigatewayv2_api.this.id
}

output "access_log_group" {
  description = "Where the access logs are."
  value       = aws_cloudwatch_log_group.this.name
}
