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

variable "functions" {
  description = "The functions, as the module `functions` puts them out; those with an http trigger are used."
  type = map(object({
    name            = string
    alias           = string
    invoke_arn      = string
    http            = optional(list(string), [])
    public          = optional(bool, false)
    timeout_seconds = number
  }))
  nullable = false
}

variable "issuer" {
  description = "The `iss` of the tokens that are accepted."
  type        = string
  nullable    = false
}

variable "client_id" {
  description = "The user pool client whose tokens are accepted."
  type        = string
  nullable    = false
}

variable "allowed_origins" {
  description = "Origins whose pages may call the API."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.allowed_origins : can(regex("^https?://[^/*]+$", origin))])
    error_message = "Each of allowed_origins must be an origin without a path, such as \"https://chat.example.com\"; a wildcard would let every page in."
  }
}

variable "throttling" {
  description = "The most that the API takes: requests a second, and how many at once."
  type = object({
    rate  = number
    burst = number
  })
  default  = { rate = 500, burst = 1000 }
  nullable = false

  validation {
    condition     = var.throttling.rate >= 1 && var.throttling.rate <= 10000 && var.throttling.burst >= 1 && var.throttling.burst <= 5000
    error_message = "throttling.rate must be from 1 to 10000, throttling.burst from 1 to 5000, such as { rate = 500, burst = 1000 }."
  }
}

variable "dual_stack" {
  description = "Answer over IPv6 as well as over IPv4."
  type        = bool
  default     = true
  nullable    = false
}

variable "log_retention_days" {
  description = "How long access logs are kept."
  type        = number
  default     = 14
  nullable    = false
}
