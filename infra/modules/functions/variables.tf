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

variable "lambdas_path" {
  description = "The folder whose subfolders are the functions, each with its `function.yaml`."
  type        = string
  nullable    = false

  validation {
    condition     = length(fileset(var.lambdas_path, "*/function.yaml")) > 0
    error_message = "lambdas_path must be a folder with one folder per function, each with a function.yaml."
  }
}

variable "build_path" {
  description = "Where `make package` writes `layer.zip` and `functions/<folder>.zip`."
  type        = string
  nullable    = false
}

variable "tables" {
  description = "The tables by short name, as the module `tables` puts them out."
  type = map(object({
    name       = string
    arn        = string
    stream_arn = optional(string)
  }))
  nullable = false
}

variable "connections" {
  description = "How to reach the open connections: the `url` of the @connections API with its stage, and the `stage_arn`."
  type = object({
    url       = string
    stage_arn = string
  })
  nullable = false

  validation {
    condition     = can(regex("^https?://", var.connections.url))
    error_message = "connections.url must be https://{api}.execute-api.{region}.amazonaws.com/{stage}, not the wss:// endpoint."
  }
}

variable "identity" {
  description = "Whose tokens are accepted."
  type = object({
    issuer    = string
    client_id = string
    jwks_url  = string
  })
  nullable = false
}

variable "network" {
  description = "Where functions that work on tables run, as the module `network` puts it out. Null: in no VPC."
  type = object({
    subnet_ids         = list(string)
    security_group_ids = list(string)
    ipv6               = bool
  })
  default = null
}

variable "log_retention_days" {
  description = "How long the functions' logs are kept."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the periods that CloudWatch knows: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365 or more (see docs/deploy.md)."
  }
}

variable "log_level" {
  description = "The least serious level that functions log."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["DEBUG", "INFO", "WARN", "ERROR"], var.log_level)
    error_message = "log_level must be DEBUG, INFO, WARN or ERROR."
  }
}

variable "message_retention_days" {
  description = "Days that messages of new rooms are kept; 0 keeps them."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.message_retention_days >= 0 && var.message_retention_days <= 3650 && floor(var.message_retention_days) == var.message_retention_days
    error_message = "message_retention_days must be a whole number from 0 (keep for ever) to 3650."
  }
}

variable "direct_reach" {
  description = "Whom one may write to directly: shared_rooms, who is in a room with one, or everyone who is in any room."
  type        = string
  default     = "shared_rooms"
  nullable    = false

  validation {
    condition     = contains(["shared_rooms", "everyone"], var.direct_reach)
    error_message = "direct_reach must be shared_rooms or everyone."
  }
}

variable "typing" {
  description = "People see who is writing, in rooms in which at most 25 connections listen. Each such frame costs what a post does."
  type        = bool
  default     = true
  nullable    = false
}

variable "edits" {
  description = "For how many minutes one may edit a message (0: always), and who sees what it said before: everyone, admins, or off, which keeps no earlier texts."
  type = object({
    minutes = optional(number, 0)
    history = optional(string, "everyone")
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.edits.minutes >= 0 && var.edits.minutes <= 1000000 && floor(var.edits.minutes) == var.edits.minutes
    error_message = "edits.minutes must be a whole number from 0 (always) to 1000000."
  }

  validation {
    condition     = contains(["everyone", "admins", "off"], var.edits.history)
    error_message = "edits.history must be everyone, admins or off."
  }
}

variable "limits" {
  description = "How much one person may do, where it shall not be the default: sends (30; messages and changes of rooms in 10 s), commands (300; of any kind, in 10 s), connects (30; in a minute), connections (50) and rooms (1,000)."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.limits), ["sends", "commands", "connects", "connections", "rooms"])) == 0
    error_message = "limits knows these: sends, commands, connects, connections, rooms."
  }

  validation {
    condition     = alltrue([for limit in values(var.limits) : limit >= 1 && floor(limit) == limit])
    error_message = "limits must be whole numbers from 1."
  }
}

variable "tracing" {
  description = "Trace invocations with X-Ray. Costs $5 per million traces."
  type        = bool
  default     = false
  nullable    = false
}

variable "snap_start" {
  description = "Start functions from a snapshot: shorter cold starts, for a charge by the size of the snapshot."
  type        = bool
  default     = false
  nullable    = false
}

variable "reserved_concurrency" {
  description = "By folder of lambdas/: how many invocations of a function may run at once. The account must keep 100 unreserved."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for most in values(var.reserved_concurrency) : most >= 1])
    error_message = "Each value of reserved_concurrency must be 1 or more, such as { fan_out = 20 }."
  }

  validation {
    condition     = alltrue([for folder in keys(var.reserved_concurrency) : fileexists("${var.lambdas_path}/${folder}/function.yaml")])
    error_message = "Each key of reserved_concurrency must be a folder of lambdas/, such as { fan_out = 20 }."
  }
}

variable "provisioned_concurrency" {
  description = "By folder of lambdas/: how many instances of a function are kept warm. Costs by the hour."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for warm in values(var.provisioned_concurrency) : warm >= 1])
    error_message = "Each value of provisioned_concurrency must be 1 or more, such as { send_message = 2 }."
  }

  validation {
    condition     = alltrue([for folder in keys(var.provisioned_concurrency) : fileexists("${var.lambdas_path}/${folder}/function.yaml")])
    error_message = "Each key of provisioned_concurrency must be a folder of lambdas/, such as { send_message = 2 }."
  }
}

variable "schedules" {
  description = "By folder of lambdas/: every how many minutes a function with `trigger: {schedule: true}` is invoked. Others are not."
  type        = map(number)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for minutes in values(var.schedules) : minutes >= 1 && floor(minutes) == minutes])
    error_message = "Each value of schedules must be a whole number of minutes from 1."
  }

  validation {
    condition     = alltrue([for folder in keys(var.schedules) : fileexists("${var.lambdas_path}/${folder}/function.yaml")])
    error_message = "Each key of schedules must be a folder of lambdas/, such as { canary = 5 }."
  }
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

variable "force_destroy" {
  description = "Delete the bucket of failed records with what is in it."
  type        = bool
  default     = false
  nullable    = false
}
