locals {
  region = split(":", aws_cognito_user_pool.this.arn)[3]
  issuer = "https://cognito-idp.${local.region}.amazonaws.com/${aws_cognito_user_pool.this.id}"
  # Where the public keys of the pool are.
  jwks_url = "${local.issuer}/.well-known/jwks.json"
}

resource "aws_cognito_user_pool" "this" {
  name                     = "${var.context.prefix}-people"
  alias_attributes         = ["email"]
  auto_verified_attributes = ["email"]
  mfa_configuration        = var.mfa
  deletion_protection      = var.deletion_protection ? "ACTIVE" : "INACTIVE"
  tags                     = var.context.tags

  username_configuration {
    case_sensitive = false
  }

  # Cognito can add attributes later, but never change or remove one. The constraints are given in full, because
  # whatever is left out comes back as a difference at the next plan.
  schema {
    name                     = "email"
    attribute_data_type      = "String"
    required                 = true
    mutable                  = true
    developer_only_attribute = false

    string_attribute_constraints {
      min_length = "0"
      max_length = "2048"
    }
  }

  password_policy {
    minimum_length                   = 8
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = false
    require_uppercase                = true
    temporary_password_validity_days = 7
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "verified_email"
      priority = 1
    }
  }

  admin_create_user_config {
    allow_admin_create_user_only = !var.self_sign_up
  }

  dynamic "email_configuration" {
    for_each = var.email == null ? [] : [var.email]

    content {
      email_sending_account = "DEVELOPER"
      source_arn            = email_configuration.value.source_arn
      from_email_address    = email_configuration.value.from
    }
  }

  # A new address counts only when its owner has confirmed it, so that nobody signs in by somebody else's.
  user_attribute_update_settings {
    attributes_require_verification_before_update = ["email"]
  }

  dynamic "software_token_mfa_configuration" {
    for_each = var.mfa == "OFF" ? [] : ["totp"]

    content {
      enabled = true
    }
  }
}

resource "aws_cognito_user_group" "this" {
  for_each = var.groups

  name         = each.key
  description  = each.value
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_user_pool_client" "this" {
  name                          = "${var.context.prefix}-app"
  user_pool_id                  = aws_cognito_user_pool.this.id
  generate_secret               = false
  enable_token_revocation       = true
  prevent_user_existence_errors = "ENABLED"
  # SRP is what the app uses; a password sent to Cognito over TLS is what scripts and the end-to-end tests use.
  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]

  access_token_validity  = var.token_minutes
  id_token_validity      = var.token_minutes
  refresh_token_validity = var.refresh_token_days

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "days"
  }

  supported_identity_providers         = concat(["COGNITO"], keys(aws_cognito_identity_provider.this))
  allowed_oauth_flows_user_pool_client = var.hosted_domain != null
  # "code" without a client secret is the flow with PKCE.
  allowed_oauth_flows  = var.hosted_domain == null ? null : ["code"]
  allowed_oauth_scopes = var.hosted_domain == null ? null : ["openid", "email", "profile", "aws.cognito.signin.user.admin"]
  callback_urls        = var.hosted_domain == null ? null : var.callback_urls
  logout_urls          = var.hosted_domain == null ? null : var.callback_urls
}

resource "aws_cognito_user_pool_domain" "this" {
  count = var.hosted_domain == null ? 0 : 1

  domain       = var.hosted_domain
  user_pool_id = aws_cognito_user_pool.this.id
}

resource "aws_cognito_identity_provider" "this" {
  for_each = nonsensitive(toset(keys(var.social_providers)))

  user_pool_id      = aws_cognito_user_pool.this.id
  provider_name     = each.key
  provider_type     = each.key
  attribute_mapping = { email = "email", username = each.key == "Facebook" ? "id" : "sub" }
  provider_details = {
    client_id        = var.social_providers[each.key].client_id
    client_secret    = var.social_providers[each.key].client_secret
    authorize_scopes = var.social_providers[each.key].scopes
  }

  lifecycle {
    # Cognito adds the provider's own URLs to what was given.
    ignore_changes = [provider_details["attributes_url"], provider_details["authorize_url"], provider_details["token_url"], provider_details["oidc_issuer"], provider_details["attributes_url_add_attributes"], provider_details["token_request_method"]]

    precondition {
      condition     = var.hosted_domain != null
      error_message = "Signing in by ${each.key} happens on Cognito's own pages: set hosted_domain too, such as \"parley-dev-acme\"."
    }
  }
}
