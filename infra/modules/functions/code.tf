# What `make package` built, on its way to Lambda. Terraform would send files to Lambda one at a time, five seconds each;
# from a bucket all functions are made at once.

data "aws_caller_identity" "this" {}

locals {
  packages = merge(
    { layer = "layer.zip" },
    { for folder, function in local.functions : folder => "functions/${folder}.zip" },
  )
}

module "code" {
  source = "../private_bucket"

  # Names of buckets are unique in the world, and the account's number makes it so.
  name = "${var.context.prefix}-code-${data.aws_caller_identity.this.account_id}"
  # Everything in it can be built again, and Lambda keeps its own copy of what is in use.
  force_destroy = true
  tags          = var.context.tags
}

resource "aws_s3_object" "code" {
  for_each = local.packages

  bucket      = module.code.id
  key         = each.value
  source      = "${var.build_path}/${each.value}"
  source_hash = try(filemd5("${var.build_path}/${each.value}"), null)

  lifecycle {
    precondition {
      condition     = fileexists("${var.build_path}/${each.value}")
      error_message = "${var.build_path}/${each.value} is not there. Build it first: `make package`."
    }
  }
}
