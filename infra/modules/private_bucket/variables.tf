variable "name" {
  description = "The bucket's name, unique in the world."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "name must be 3 to 63 lower-case letters, digits and hyphens, such as \"parley-dev-code-123456789012\"."
  }
}

variable "force_destroy" {
  description = "Delete the bucket with what is in it."
  type        = bool
  default     = false
  nullable    = false
}

variable "expires_after_days" {
  description = "Delete objects so many days after they were stored. Null: keep them."
  type        = number
  default     = null
}

variable "tags" {
  description = "The bucket's tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
