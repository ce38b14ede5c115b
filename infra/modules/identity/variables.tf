variable "context" {
  description = "What everything is named and tagged with: `prefix` is project and environment, such as `parley-dev`."
  type = object({
    prefix = string
    tags   = optional(map(string), {})
  })

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}[a-z0-9]$", var.context.prefix))
    error_message = "context.prefix must be 3 to 40 lower-case letters, digits and hyphens, such as \"parley-dev\"."
  }
}

variable "mfa" {
  description = "One-time codes of an authenticator app at sign-in: OFF, OPTIONAL (each person decides) or ON."
  type        = string
  default     = "OPTIONAL"
  nullable    = false

  validation {
    condition     = contains(["OFF", "OPTIONAL", "ON"], var.mfa)
    error_message = "mfa must be OFF, OPTIONAL or ON."
  }
}

variable "self_sign_up" {
  description = "People may make their own accounts; otherwise an administrator makes them."
  type        = bool
  default     = true
  nullable    = false
}

variable "email" {
  description = "Send e-mails through Amazon SES: the ARN of a verified identity, and the From address. Null: Cognito's own sender, which stops after about 50 e-mails a day."
  type = object({
    source_arn = string
    from       = string
  })
  default = null

  validation {
    condition     = var.email == null || can(regex("^arn:[a-z-]+:ses:[a-z0-9-]+:[0-9]{12}:identity/", var.email.source_arn))
    error_message = "email.source_arn must be the ARN of an SES identity, such as \"arn:aws:ses:eu-west-1:123456789012:identity/example.com\"."
  }
}

variable "groups" {
  description = "Groups of the user pool, with their descriptions. They come as `cognito:groups` in every token."
  type        = map(string)
  default     = { admins = "Administrators of this deployment." }
  nullable    = false
}

variable "token_minutes" {
  description = "How long an access token is valid. A connection's right to send ends with its token."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.token_minutes >= 5 && var.token_minutes <= 1440
    error_message = "token_minutes must be from 5 to 1440 (Cognito's limits), such as 60."
  }
}

variable "refresh_token_days" {
  description = "How long somebody stays signed in without typing the password again."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.refresh_token_days >= 1 && var.refresh_token_days <= 3650
    error_message = "refresh_token_days must be from 1 to 3650, such as 30."
  }
}

variable "deletion_protection" {
  description = "Refuse to delete the user pool; must be switched off, and applied, before `make destroy`."
  type        = bool
  default     = true
  nullable    = false
}

variable "hosted_domain" {
  description = "The prefix of Cognito's own sign-in pages (OAuth 2.1 code flow with PKCE), unique in the region. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.hosted_domain == null || can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", var.hosted_domain))
    error_message = "hosted_domain must be lower-case letters, digits and hyphens, such as \"parley-dev-acme\", or null."
  }
}

variable "callback_urls" {
  description = "Where Cognito's pages send the browser back to; used with hosted_domain only."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "social_providers" {
  description = "Sign-in by Google, Facebook or LoginWithAmazon: the client that you registered there. Needs hosted_domain."
  type = map(object({
    client_id     = string
    client_secret = string
    scopes        = optional(string, "openid email profile")
  }))
  default   = {}
  nullable  = false
  sensitive = true

  validation {
    condition     = length(setsubtract(keys(var.social_providers), ["Google", "Facebook", "LoginWithAmazon"])) == 0
    error_message = "The keys of social_providers must be Google, Facebook or LoginWithAmazon."
  }
}
