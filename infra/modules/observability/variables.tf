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

variable "alarms" {
  description = "Which alarms there are: essential (what must not fail unnoticed) or standard (latency, refusals and throttled tables as well)."
  type        = string
  default     = "essential"
  nullable    = false

  validation {
    condition     = contains(["essential", "standard"], var.alarms)
    error_message = "alarms must be \"essential\" or \"standard\"."
  }
}

variable "canary" {
  description = "The full name of the canary's function, and every how many minutes it runs. Null: there is none."
  type = object({
    function = string
    minutes  = number
  })
  default = null
}

variable "functions" {
  description = "The functions by folder: their full names, log groups and memory."
  type = map(object({
    name      = string
    log_group = string
    memory_mb = number
  }))
  nullable = false
}

variable "stream_readers" {
  description = "The full names of the functions that read a stream, by folder."
  type        = map(string)
  nullable    = false
}

variable "tables" {
  description = "The full names of the tables, by short name."
  type        = map(string)
  nullable    = false
}

variable "queues" {
  description = "The full names of the queues, by short name."
  type        = map(string)
  nullable    = false
}

variable "dead_letter_queues" {
  description = "The full names of the dead-letter queues, by the folder of the function whose failures they hold."
  type        = map(string)
  nullable    = false
}

variable "websocket_api" {
  description = "The WebSocket API: its id, its stage, and the log group with a line for each handshake and frame."
  type = object({
    id               = string
    stage            = string
    access_log_group = string
  })
  nullable = false
}

variable "http_api" {
  description = "The HTTP API."
  type = object({
    id = string
  })
  nullable = false
}

variable "alarm_emails" {
  description = "Who is told of alarms; each address is asked to confirm once."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for address in var.alarm_emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", address))])
    error_message = "Each of alarm_emails must be an e-mail address, such as \"team@example.com\"."
  }
}

variable "monthly_budget_usd" {
  description = "Tell alarm_emails when the account's month comes to more than this. Null: no budget."
  type        = number
  default     = null

  validation {
    condition     = var.monthly_budget_usd == null || try(var.monthly_budget_usd > 0, false)
    error_message = "monthly_budget_usd must be more than 0, such as 50, or null."
  }
}
