output "websocket_url" {
  description = "What clients connect to."
  value       = module.chat.websocket_url
}

output "http_api_url" {
  description = "Where the HTTP API is."
  value       = module.chat.http_api_url
}

output "site_url" {
  description = "Where the app is."
  value       = module.chat.site_url
}

output "region" {
  description = "Where everything runs."
  value       = module.chat.region
}

output "user_pool_id" {
  description = "The id of the user pool."
  value       = module.chat.user_pool_id
}

output "user_pool_client_id" {
  description = "The id of the app's client; it has no secret."
  value       = module.chat.user_pool_client_id
}

output "site_bucket" {
  description = "The bucket that holds the app."
  value       = module.chat.site_bucket
}

output "site_distribution_id" {
  description = "The CloudFront distribution before it."
  value       = module.chat.site_distribution_id
}

output "site_distribution_domain" {
  description = "CloudFront's own name of it, at which a DNS record of your own points."
  value       = module.chat.site_distribution_domain
}

output "dashboard" {
  description = "The name of the CloudWatch dashboard."
  value       = module.chat.dashboard
}

output "canary_parameter" {
  description = "The SSM parameter of the canary's password, which `make canary` writes; null where there is no canary."
  value       = module.chat.canary_parameter
}
