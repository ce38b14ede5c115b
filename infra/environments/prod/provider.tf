provider "aws" {
  region = var.region

  default_tags {
    tags = {
      project     = var.project
      environment = local.environment
      managed-by  = "terraform"
    }
  }
}
