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

variable "cidr_block" {
  description = "The VPC's IPv4 addresses; each subnet takes a sixteenth."
  type        = string
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(cidrhost(var.cidr_block, 0)) && try(tonumber(split("/", var.cidr_block)[1]) >= 16 && tonumber(split("/", var.cidr_block)[1]) <= 24, false)
    error_message = "cidr_block must be an IPv4 block from /16 to /24, such as \"10.0.0.0/16\"."
  }
}

variable "nat" {
  description = "The way out over IPv4: `none`, `single` (one NAT gateway) or `per_az` (one in each zone). Each costs $0.045 an hour."
  type        = string
  default     = "none"
  nullable    = false

  validation {
    condition     = contains(["none", "single", "per_az"], var.nat)
    error_message = "nat must be none, single or per_az."
  }
}

variable "ipv6" {
  description = "Give the subnets IPv6, with a way out that is free of charge. Needed where nat is none."
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = var.ipv6 || var.nat != "none"
    error_message = "Without IPv6 and without NAT, functions could not post to connections: set ipv6 = true, or nat to single or per_az."
  }
}

variable "zones" {
  description = "The two availability zones of the subnets, in this order, such as [\"eu-west-1a\", \"eu-west-1b\"]. Null: the region's first two. A change replaces the subnets."
  type        = list(string)
  default     = null

  validation {
    condition     = var.zones == null || try(length(var.zones) == 2 && var.zones[0] != var.zones[1], false)
    error_message = "zones must name two different availability zones, such as [\"eu-west-1a\", \"eu-west-1b\"]."
  }
}

variable "flow_logs" {
  description = "Log who talks with whom."
  type        = bool
  default     = false
  nullable    = false
}

variable "log_retention_days" {
  description = "How long flow logs are kept."
  type        = number
  default     = 14
  nullable    = false
}
