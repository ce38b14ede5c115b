# What `make package` built, on its way to Lambda. Terraform would send files to Lambda one at a time, five seconds each;
# from a bucket all functions are made at once.

data "aws_caller_identity" "this" {}

locals {
  packages = merge(
    { layer = "layer.zip" },
    { for folder, function in local.functions : folder => "functions/${folder}.zip" },
  )
}

resource "aws_s3_bucket" "code" {
  # Names of buckets are unique in the world, and the account's number makes it so.
  bucket = "${var.context.prefix}-code-${data.aws_caller_identity.this.account_id}"
  # Everything in it can be built again.
  force_destroy = true
  tags          = var.context.tags
}

resource "aws_s3_bucket_public_access_block" "code" {
  bucket                  = aws_s3_bucket.code.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "code" {
  bucket = aws_s3_bucket.code.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "code" {
  bucket = aws_s3_bucket.code.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "code" {
  bucket = aws_s3_bucket.code.id

  # Lambda keeps its own copy of what is in use.
  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}

    noncurrent_version_expiration {
      noncurrent_days = 30
    }

    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  depends_on = [aws_s3_bucket_versioning.code]
}

resource "aws_s3_object" "code" {
  for_each = local.packages

  bucket      = aws_s3_bucket.code.id
  key         = each.value
  source      = "${var.build_path}/${each.value}"
  source_hash = try(filemd5("${var.build_path}/${each.value}"), null)

  lifecycle {
    precondition {
      condition     = fileexists("${var.build_path}/${each.value}")
      error_message = "${var.build_path}/${each.value} is not there. Build it first: `make package`."
    }
  }

  depends_on = [aws_s3_bucket_versioning.code]
}
