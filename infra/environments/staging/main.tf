# What differs between environments is here. Every setting is described in ../../chat/variables.tf.

locals {
  environment = "staging"
}

module "chat" {
  source = "../../chat"

  project            = var.project
  environment        = local.environment
  release            = var.release
  alarm_emails       = var.alarm_emails
  monthly_budget_usd = var.monthly_budget_usd
  domain             = var.domain

  alarms                 = "standard"
  stage                  = "staging"
  log_retention_days     = 14
  deletion_protection    = false
  point_in_time_recovery = true
}
