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

variable "app_path" {
  description = "The folder with the built app."
  type        = string
  nullable    = false
}

variable "config" {
  description = "What the app reads from /config.json at run time."
  type        = map(string)
  nullable    = false
}

variable "connects_to" {
  description = "The endpoints that the app may talk to; a browser lets it reach no others."
  type        = list(string)
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.connects_to : can(regex("^(https?|wss?)://([^/*; ]+|\\*\\.execute-api\\.[a-z0-9-]+\\.amazonaws\\.com)$", origin))])
    error_message = "Each of connects_to must be an origin without a path, and without a wildcard but for API Gateway's own host names, such as \"https://api.example.com\"."
  }
}

variable "domain" {
  description = "A name of your own for the app, with its certificate, which must be in us-east-1. Null: CloudFront's name."
  type = object({
    name            = string
    certificate_arn = string
  })
  default = null

  validation {
    condition     = var.domain == null || can(regex("^[a-z0-9.-]+\\.[a-z]+$", var.domain.name)) && can(regex("^arn:aws[a-z-]*:acm:us-east-1:[0-9]{12}:certificate/", var.domain.certificate_arn))
    error_message = "domain must have a name such as \"chat.example.com\" and a certificate_arn of us-east-1, such as \"arn:aws:acm:us-east-1:111122223333:certificate/…\"."
  }
}

variable "web_acl_arn" {
  description = "A WAF web ACL before the app, in us-east-1. Null: none."
  type        = string
  default     = null

  validation {
    condition     = var.web_acl_arn == null || can(regex("^arn:aws[a-z-]*:wafv2:us-east-1:[0-9]{12}:global/webacl/", var.web_acl_arn))
    error_message = "web_acl_arn must be the ARN of a global web ACL, such as \"arn:aws:wafv2:us-east-1:111122223333:global/webacl/…\", or null."
  }
}

variable "price_class" {
  description = "Where CloudFront serves from: PriceClass_100 (Europe and North America), PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false

  validation {
    condition     = contains(["PriceClass_100", "PriceClass_200", "PriceClass_All"], var.price_class)
    error_message = "price_class must be PriceClass_100, PriceClass_200 or PriceClass_All."
  }
}

variable "force_destroy" {
  description = "Delete the bucket's files with the bucket."
  type        = bool
  default     = false
  nullable    = false
}
