variable "region" {
  description = "Where the states are kept; `make bootstrap` takes it from AWS_REGION."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be one of AWS's, such as \"eu-west-1\"."
  }
}

variable "project" {
  description = "The first part of every name."
  type        = string
  default     = "parley"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,18}[a-z0-9]$", var.project))
    error_message = "project must be 2 to 20 lower-case letters, digits and hyphens and begin with a letter, such as \"parley\"."
  }
}
