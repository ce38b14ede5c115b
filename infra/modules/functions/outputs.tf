output "functions" {
  description = "By folder: the function's `name`, the `alias` that callers use, its `invoke_arn`, its trigger (`route` and `http` as lists, `silent` the routes that answer nothing, `authorizer` or null), whether it is `public`, and its `timeout_seconds`."
  value = {
    for folder, function in local.functions : folder => {
      name            = aws_lambda_function.this[folder].function_name
      alias           = aws_lambda_alias.this[folder].name
      invoke_arn      = aws_lambda_alias.this[folder].invoke_arn
      route           = function.route
      silent          = function.silent
      authorizer      = function.authorizer
      http            = function.http
      public          = function.public
      timeout_seconds = function.timeout_seconds
      memory_mb       = function.memory_mb
      log_group       = aws_cloudwatch_log_group.this[folder].name
    }
  }
}

output "dead_letter_queues" {
  description = "The names of the dead-letter queues, by the folder of the function whose failures they hold."
  value       = { for folder, queue in aws_sqs_queue.dead_letters : folder => queue.name }
}

output "failed_records_bucket" {
  description = "The bucket of stream records that could not be worked on; null where no function reads a stream."
  value       = one(module.failed_records[*].id)
}

output "stream_readers" {
  description = "The names of the functions that read a stream, by folder."
  value       = { for folder in keys(local.readers) : folder => aws_lambda_function.this[folder].function_name }
}

output "queues" {
  description = "The names of the queues, by short name."
  value       = { for name, queue in aws_sqs_queue.this : name => queue.name }
}
