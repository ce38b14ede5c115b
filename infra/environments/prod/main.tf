# What differs between environments is here. Every setting is described in ../../chat/variables.tf.

locals {
  environment = "prod"
}

module "chat" {
  source = "../../chat"

  project            = var.project
  environment        = local.environment
  release            = var.release
  alarm_emails       = var.alarm_emails
  monthly_budget_usd = var.monthly_budget_usd
  domain             = var.domain

  stage                  = "prod"
  log_retention_days     = 30
  deletion_protection    = true
  point_in_time_recovery = true
  detailed_metrics       = true
  alarms                 = "standard"
  canary_minutes         = 5
  self_sign_up           = false

  # A burst of anything else must not keep people from connecting. The account must have 100 more (docs/deploy.md).
  reserved_concurrency = { authorize = 50, connect = 50 }

  # IPv6 carries what functions post to connections; NAT beside it, one per zone, is for what has no IPv6.
  network = { nat = "per_az", flow_logs = true }
}
