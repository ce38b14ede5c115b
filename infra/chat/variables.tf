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

variable "environment" {
  description = "The second part of every name: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "tags" {
  description = "Tags on top of those that the provider sets."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "deletion_protection" {
  description = "Refuse to delete the tables, the user pool and a bucket with files in it. Switch it off, and apply, before `make destroy`."
  type        = bool
  default     = true
  nullable    = false
}

variable "point_in_time_recovery" {
  description = "Keep 35 days of continuous backups of every table. Costs $0.20 per GB and month."
  type        = bool
  default     = true
  nullable    = false
}

variable "tables_kms_key_arn" {
  description = "A KMS key of your own to encrypt the tables with; its policy must let the functions' roles use it. Null: a key that AWS owns, free of charge."
  type        = string
  default     = null
}

variable "mfa" {
  description = "One-time codes of an authenticator app at sign-in: OFF, OPTIONAL (each person decides) or ON."
  type        = string
  default     = "OPTIONAL"
  nullable    = false
}

variable "self_sign_up" {
  description = "People may make their own accounts; otherwise an administrator makes them."
  type        = bool
  default     = true
  nullable    = false
}

variable "groups" {
  description = "Groups of the user pool, with their descriptions. They come as `cognito:groups` in every token."
  type        = map(string)
  default     = { admins = "Administrators of this deployment." }
  nullable    = false
}

variable "token_minutes" {
  description = "How long an access token is valid, from 5 to 1440. A connection's right to send ends with its token."
  type        = number
  default     = 60
  nullable    = false
}

variable "refresh_token_days" {
  description = "How many days somebody stays signed in without typing the password again."
  type        = number
  default     = 30
  nullable    = false
}

variable "sign_up_email" {
  description = "Send confirmations and password resets through Amazon SES: the ARN of a verified identity, and the From address. Null: Cognito's own sender, which stops after about 50 e-mails a day."
  type = object({
    source_arn = string
    from       = string
  })
  default = null
}

variable "hosted_domain" {
  description = "The prefix of Cognito's own sign-in pages (OAuth 2.1 code flow with PKCE), unique in the region. Null: none."
  type        = string
  default     = null
}

variable "extra_callback_urls" {
  description = "Where Cognito's pages may send the browser back to, besides the app."
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
}

variable "network" {
  description = "The VPC in which functions work on the tables. `nat` is their way out over IPv4: none, single or per_az. Null: no VPC, which is as safe, for no data is in it."
  type = object({
    cidr_block = optional(string, "10.0.0.0/16")
    nat        = optional(string, "none")
    ipv6       = optional(bool, true)
    zones      = optional(list(string))
    flow_logs  = optional(bool, false)
  })
  default = {}
}

variable "stage" {
  description = "The stage of the WebSocket API, which is the last part of its URL."
  type        = string
  default     = "dev"
  nullable    = false
}

variable "throttling" {
  description = "The most that each API takes: requests a second, and how many at once."
  type = object({
    rate  = number
    burst = number
  })
  default  = { rate = 500, burst = 1000 }
  nullable = false
}

variable "extra_origins" {
  description = "Origins besides the app's whose pages may call the HTTP API, such as \"http://localhost:5173\" in dev."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for origin in var.extra_origins : can(regex("^https?://[^/*]+$", origin))])
    error_message = "Each of extra_origins must be an origin without a path, such as \"https://chat.example.com\"; a wildcard would let every page in."
  }
}

variable "detailed_metrics" {
  description = "Metrics for each route of the WebSocket API. Costs $0.30 per metric and month."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "How long logs are kept: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  type        = number
  default     = 14
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be one of the periods that CloudWatch knows, such as 7, 14, 30, 90 or 365."
  }
}

variable "log_level" {
  description = "The least serious level that functions log: DEBUG, INFO, WARN or ERROR."
  type        = string
  default     = "INFO"
  nullable    = false
}

variable "message_retention_days" {
  description = "Days that messages of new rooms are kept; 0 keeps them."
  type        = number
  default     = 0
  nullable    = false
}

variable "direct_reach" {
  description = "Whom one may write to directly: shared_rooms, who is in a room with one, or everyone who is in any room."
  type        = string
  default     = "shared_rooms"
  nullable    = false
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
}

variable "limits" {
  description = "How much one person may do, where it shall not be the default: sends (30; messages and changes of rooms in 10 s), commands (300; of any kind, in 10 s), connects (30; in a minute), connections (50) and rooms (1,000)."
  type        = map(number)
  default     = {}
  nullable    = false
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
}

variable "provisioned_concurrency" {
  description = "By folder of lambdas/: how many instances of a function are kept warm. Costs by the hour."
  type        = map(number)
  default     = {}
  nullable    = false
}

variable "domain" {
  description = "A name of your own for the app, with its certificate, which must be in us-east-1. Null: CloudFront's name. Point the name's DNS record at the distribution."
  type = object({
    name            = string
    certificate_arn = string
  })
  default = null
}

variable "web_acl_arn" {
  description = "A WAF web ACL before the app, in us-east-1. Null: none."
  type        = string
  default     = null
}

variable "price_class" {
  description = "Where CloudFront serves from: PriceClass_100 (Europe and North America), PriceClass_200 or PriceClass_All."
  type        = string
  default     = "PriceClass_100"
  nullable    = false
}

variable "alarms" {
  description = "Which alarms there are: essential ($0.70 a month) or standard ($1.60), which adds latency, refusals and throttled tables."
  type        = string
  default     = "essential"
  nullable    = false
}

variable "canary_minutes" {
  description = "Every how many minutes a function signs in, sends a message and waits for it, as a member would; an alarm tells when it has not succeeded three times in a row. About $0.50 a month at 5. It needs `make canary` once. Null: never."
  type        = number
  default     = null

  validation {
    condition     = var.canary_minutes == null || try(var.canary_minutes >= 1 && var.canary_minutes <= 60 && floor(var.canary_minutes) == var.canary_minutes, false)
    error_message = "canary_minutes must be a whole number from 1 to 60, such as 5, or null."
  }

  validation {
    condition     = var.canary_minutes == null || var.mfa != "ON"
    error_message = "The canary signs in with a password alone: set canary_minutes = null, or mfa to OPTIONAL or OFF."
  }
}

variable "alarm_emails" {
  description = "Who is told of alarms; each address is asked to confirm once. Required in prod."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = var.environment != "prod" || length(var.alarm_emails) > 0
    error_message = "In prod, alarms must reach somebody: give alarm_emails, such as TF_VAR_alarm_emails='[\"team@example.com\"]'."
  }
}

variable "monthly_budget_usd" {
  description = "Tell alarm_emails when the account's month comes to more than this. Null: no budget."
  type        = number
  default     = null
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
