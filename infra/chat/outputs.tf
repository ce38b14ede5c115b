output "websocket_url" {
  description = "What clients connect to."
  value       = module.websocket_api.url
}

output "http_api_url" {
  description = "Where the HTTP API is."
  value       = module.http_api.url
}

output "site_url" {
  description = "Where the app is."
  value       = module.site.url
}

output "region" {
  description = "Where everything runs."
  value       = local.region
}

output "user_pool_id" {
  description = "The id of the user pool."
  value       = module.identity.user_pool_id
}

output "user_pool_client_id" {
  description = "The id of the app's client; it has no secret."
  value       = module.identity.user_pool_client_id
}

output "site_bucket" {
  description = "The bucket that holds the app."
  value       = module.site.bucket
}

output "site_distribution_id" {
  description = "The CloudFront distribution before it."
  value       = module.site.distribution_id
}

output "site_distribution_domain" {
  description = "CloudFront's own name of it, at which a DNS record of your own points."
  value       = module.site.distribution_domain
}

output "dashboard" {
  description = "The name of the CloudWatch dashboard."
  value       = module.observability.dashboard
}

output "canary_parameter" {
  description = "The SSM parameter of the canary's password, which `make canary` writes; null where there is no canary."
  value       = var.canary_minutes == null ? null : "/${local.context.prefix}/canary-password"
}
