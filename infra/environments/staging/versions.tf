terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, != 6.29.0, < 7"
    }
  }

  # The bucket and its region come from `make plan` and `make deploy` (docs/deploy.md).
  backend "s3" {
    key          = "staging/terraform.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}
