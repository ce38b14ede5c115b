# The built app, and what it must know about this deployment.

locals {
  # Source maps are for whoever builds, not for whoever visits.
  everything = { for file in fileset(var.app_path, "**") : file => reverse(split(".", file))[0] if !endswith(file, ".map") }

  # The page is uploaded last. Until then the old page names the previous release's files, which still exist.
  files = { for file, kind in local.everything : file => kind if file != "index.html" }

  content_types = {
    css         = "text/css; charset=utf-8"
    html        = "text/html; charset=utf-8"
    ico         = "image/x-icon"
    jpg         = "image/jpeg"
    js          = "text/javascript; charset=utf-8"
    json        = "application/json"
    png         = "image/png"
    svg         = "image/svg+xml"
    txt         = "text/plain; charset=utf-8"
    wasm        = "application/wasm"
    webmanifest = "application/manifest+json"
    webp        = "image/webp"
    woff2       = "font/woff2"
  }

  # Vite puts a hash of the content into every name below assets/. Everything else is asked for again.
  for_ever = "public, max-age=31536000, immutable"
  never    = "no-store"
  recheck  = "no-cache"
}

resource "aws_s3_object" "files" {
  for_each = local.files

  bucket        = aws_s3_bucket.this.id
  key           = each.key
  source        = "${var.app_path}/${each.key}"
  source_hash   = filemd5("${var.app_path}/${each.key}")
  content_type  = lookup(local.content_types, each.value, "application/octet-stream")
  cache_control = startswith(each.key, "assets/") ? local.for_ever : local.recheck

  lifecycle {
    precondition {
      condition     = contains(keys(local.content_types), each.value)
      error_message = "Nobody has said what kind of file ${each.key} is: add \".${each.value}\" to content_types in infra/modules/site/files.tf."
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_object" "config" {
  bucket        = aws_s3_bucket.this.id
  key           = "config.json"
  content       = jsonencode(var.config)
  content_type  = local.content_types.json
  cache_control = local.never

  lifecycle {
    precondition {
      condition     = contains(keys(local.everything), "index.html")
      error_message = "${var.app_path}/index.html is not there. Build it first: `make setup package`."
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

resource "aws_s3_object" "page" {
  bucket        = aws_s3_bucket.this.id
  key           = "index.html"
  source        = "${var.app_path}/index.html"
  source_hash   = try(filemd5("${var.app_path}/index.html"), null)
  content_type  = local.content_types.html
  cache_control = local.never

  depends_on = [aws_s3_object.files, aws_s3_object.config]
}
