output "tables" {
  description = "By short name: the table's full `name`, its `arn`, and its `stream_arn` (null without a stream)."
  value = {
    for name, table in aws_dynamodb_table.this : name => {
      name       = table.name
      arn        = table.arn
      stream_arn = lookup(local.tables[name], "streams", false) ? table.stream_arn : null
    }
  }
}
