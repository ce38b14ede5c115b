variable "region" {
  description = "Where everything runs; `make plan` and `make deploy` take it from AWS_REGION."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.region))
    error_message = "region must be one of AWS's, such as \"eu-west-1\"."
  }
}

variable "project" {
  description = "The first part of every name. It never changes once something is deployed."
  type        = string
  default     = "parley"
  nullable    = false
}

variable "alarm_emails" {
  description = "Who is told of alarms; each address is asked to confirm once."
  type        = list(string)
  default     = []
  nullable    = false
}

variable "monthly_budget_usd" {
  description = "Tell alarm_emails when the account's month comes to more than this. Null: no budget."
  type        = number
  default     = null
}

variable "domain" {
  description = "A name of your own for the app, with its certificate, which must be in us-east-1. Null: CloudFront's name."
  type = object({
    name            = string
    certificate_arn = string
  })
  default = null
}

variable "release" {
  description = "What is deployed, such as 1.4.0 or a commit: the health route tells it. `make deploy` gives the commit."
  type        = string
  default     = "unknown"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9._+-]{1,64}$", var.release))
    error_message = "release must be 1 to 64 letters, digits, dots, hyphens, underscores and plus signs, such as \"1.4.0\"."
  }
}
