output "user_pool_id" {
  description = "The id of the user pool."
  value       = aws_cognito_user_pool.this.id
}

output "user_pool_client_id" {
  description = "The id of the app's client; it has no secret."
  value       = aws_cognito_user_pool_client.this.id
}

output "issuer" {
  description = "The `iss` of the pool's tokens."
  value       = local.issuer
}

output "jwks_url" {
  description = "Where the public keys are that the tokens are signed with."
  value       = local.jwks_url
}
