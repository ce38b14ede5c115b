output "url" {
  description = "What clients connect to."
  value       = local.url
}

output "connections" {
  description = "For the module `functions`: the `url` of the @connections API, and the `stage_arn` that permissions rest on."
  value = {
    url       = local.management_url
    stage_arn = local.stage_arn
  }
}

output "api_id" {
  description = "The API's id, by which its metrics are found."
  value       = aws_apigatewayv2_api.this.id
}

output "stage" {
  description = "The name of the stage; to be used after its creation."
  value       = aws_apigatewayv2_stage.this.name
}

output "access_log_group" {
  description = "Where the access logs are."
  value       = aws_cloudwatch_log_group.this.name
}

output "origin" {
  description = "The URL without the stage, as a content security policy names it."
  value       = "wss://${local.host}"
}
