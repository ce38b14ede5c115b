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
  description = "The functions, as the module `functions` puts them out; those with a route or as authorizer are used."
  type = map(object({
    name            = string
    alias           = string
    invoke_arn      = string
    route           = optional(list(string), [])
    silent          = optional(list(string), [])
    authorizer      = optional(string)
    timeout_seconds = number
  }))
  nullable = false
}

variable "stage" {
  description = "The stage, which is the last part of the URL."
  type        = string
  default     = "dev"
  nullable    = false

  validation {
    condition     = can(regex("^[a-zA-Z0-9_-]{1,128}$", var.stage))
    error_message = "stage must be letters, digits, hyphens and underscores, such as \"dev\"."
  }
}

variable "throttling" {
  description = "The most that the API takes: frames a second, and how many at once. The account's limit is 10,000 a second over all APIs."
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

variable "detailed_metrics" {
  description = "Metrics for each route. Costs $0.30 per metric and month."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "How long access logs are kept."
  type        = number
  default     = 14
  nullable    = false
}
