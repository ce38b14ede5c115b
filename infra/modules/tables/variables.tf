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

variable "point_in_time_recovery" {
  description = "Keep 35 days of continuous backups of every table. Costs by the size of the tables."
  type        = bool
  default     = true
  nullable    = false
}

variable "deletion_protection" {
  description = "Refuse to delete the tables; must be switched off, and applied, before `make destroy`."
  type        = bool
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  description = "A KMS key to encrypt the tables with. Null: a key that AWS owns, free of charge."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, such as \"arn:aws:kms:eu-west-1:111122223333:key/…\", or null."
  }
}
