# The tables of Parley, as declared in tables.json. The local stack makes them from the same file.

locals {
  tables = jsondecode(file("${path.module}/tables.json"))

  # Every key of a table and of its indexes must be declared as an attribute, once. All of ours are strings.
  keys = {
    for name, table in local.tables : name => toset(compact(flatten([
      table.hash_key,
      lookup(table, "range_key", null),
      [for index in values(lookup(table, "indexes", {})) : [index.hash_key, lookup(index, "range_key", null)]],
    ])))
  }
}

resource "aws_dynamodb_table" "this" {
  for_each = local.tables

  name                        = "${var.context.prefix}-${each.key}"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = each.value.hash_key
  range_key                   = lookup(each.value, "range_key", null)
  deletion_protection_enabled = var.deletion_protection
  stream_enabled              = lookup(each.value, "streams", false)
  stream_view_type            = lookup(each.value, "streams", false) ? "NEW_AND_OLD_IMAGES" : null
  tags                        = var.context.tags

  dynamic "attribute" {
    for_each = local.keys[each.key]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = lookup(each.value, "indexes", {})

    content {
      name               = global_secondary_index.key
      hash_key           = global_secondary_index.value.hash_key
      range_key          = lookup(global_secondary_index.value, "range_key", null)
      projection_type    = contains(keys(global_secondary_index.value), "includes") ? "INCLUDE" : "ALL"
      non_key_attributes = lookup(global_secondary_index.value, "includes", null)
    }
  }

  dynamic "ttl" {
    for_each = lookup(each.value, "expires", false) ? ["ttl"] : []

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }

  # Without a key of one's own, DynamoDB encrypts with one that AWS owns, free of charge.
  server_side_encryption {
    enabled     = var.kms_key_arn != null
    kms_key_arn = var.kms_key_arn
  }
}
