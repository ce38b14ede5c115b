# Queues that functions consume, streams that they read, and what happens to work that failed.

locals {
  queues       = { for function in local.functions : function.queue.name => function.queue if function.queue != null }
  consumers    = { for folder, function in local.functions : folder => function.queue if function.queue != null }
  readers      = { for folder, function in local.functions : folder => function.stream if function.stream != null }
  dead_letters = { for folder, queue in local.consumers : folder => queue.name }

  two_weeks_seconds   = 1209600
  failed_records_days = 90

  # In a VPC whose only way out is IPv6 the queue must be called by the name that has an IPv6 address.
  queue_urls = {
    for name, queue in aws_sqs_queue.this : name =>
    try(var.network.ipv6, false) ? "https://sqs.${split(":", queue.arn)[3]}.api.aws/${split(":", queue.arn)[4]}/${queue.name}" : queue.url
  }
}

resource "aws_sqs_queue" "this" {
  for_each = local.queues

  name                       = "${var.context.prefix}-${each.key}"
  visibility_timeout_seconds = each.value.visibility_timeout_seconds
  sqs_managed_sse_enabled    = true
  tags                       = var.context.tags

  redrive_policy = jsonencode({
    deadLetterTargetArn = one([for folder, name in local.dead_letters : aws_sqs_queue.dead_letters[folder].arn if name == each.key])
    maxReceiveCount     = each.value.max_receives
  })
}

# A dead letter waits for a person: two weeks, the most that SQS keeps.
resource "aws_sqs_queue" "dead_letters" {
  for_each = local.dead_letters

  name                      = "${var.context.prefix}-${each.value}-dead-letter"
  message_retention_seconds = local.two_weeks_seconds
  sqs_managed_sse_enabled   = true
  tags                      = var.context.tags
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each = local.consumers

  event_source_arn        = aws_sqs_queue.this[each.value.name].arn
  function_name           = aws_lambda_alias.this[each.key].arn
  batch_size              = each.value.batch_size
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.context.tags

  dynamic "scaling_config" {
    for_each = each.value.maximum_concurrency == null ? [] : [each.value.maximum_concurrency]

    content {
      maximum_concurrency = scaling_config.value
    }
  }
}

# What a stream's function could not do after all retries, whole. A queue would only get the records' positions in the
# stream, which forgets the records themselves after a day.
# https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
module "failed_records" {
  source = "../private_bucket"
  count  = length(local.readers) > 0 ? 1 : 0

  name               = "${var.context.prefix}-failed-records-${data.aws_caller_identity.this.account_id}"
  expires_after_days = local.failed_records_days
  force_destroy      = var.force_destroy
  tags               = var.context.tags
}

# Without limits a stream is tried again for ever, and one record that can't be handled stops its shard.
resource "aws_lambda_event_source_mapping" "stream" {
  for_each = local.readers

  event_source_arn               = var.tables[each.value.table].stream_arn
  function_name                  = aws_lambda_alias.this[each.key].arn
  starting_position              = "TRIM_HORIZON"
  batch_size                     = each.value.batch_size
  maximum_retry_attempts         = each.value.maximum_retry_attempts
  maximum_record_age_in_seconds  = each.value.maximum_record_age_seconds
  bisect_batch_on_function_error = true
  function_response_types        = ["ReportBatchItemFailures"]
  tags                           = var.context.tags

  destination_config {
    on_failure {
      destination_arn = module.failed_records[0].arn
    }
  }
}
