# Each function's own role, which allows what its file says and nothing else.

resource "aws_iam_role" "this" {
  for_each = local.functions

  name               = each.value.name
  description        = "What ${each.value.name} may do."
  assume_role_policy = local.trust_policy
  tags               = var.context.tags
}

resource "aws_iam_role_policy" "this" {
  for_each = local.functions

  name = "function"
  role = aws_iam_role.this[each.key].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements[each.key]
  })
}

locals {
  trust_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })

  # The partition, the region and the account are those of the tables.
  parameters_arn = format("arn:%s:ssm:%s:%s:parameter/%s", split(":", local.any_table_arn)[1], split(":", local.any_table_arn)[3], split(":", local.any_table_arn)[4], var.context.prefix)
  any_table_arn  = values(var.tables)[0].arn

  statements = {
    for folder, function in local.functions : folder => concat(
      [{
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.this[folder].arn}:*"]
      }],
      [for table, actions in function.tables : {
        Sid      = "Table${title(table)}"
        Effect   = "Allow"
        Action   = [for action in actions : "dynamodb:${action}"]
        Resource = [var.tables[table].arn]
      }],
      [for index, actions in function.indexes : {
        Sid      = "Index${replace(title(replace(index, "/[/-]/", " ")), " ", "")}"
        Effect   = "Allow"
        Action   = [for action in actions : "dynamodb:${action}"]
        Resource = ["${var.tables[split("/", index)[0]].arn}/index/${split("/", index)[1]}"]
      }],
      function.connections == "none" ? [] : [{
        Sid    = "Connections"
        Effect = "Allow"
        Action = ["execute-api:ManageConnections"]
        # To post, and to close. Connections have no names that a policy could know beforehand.
        Resource = [for method in function.connections == "post" ? ["POST", "DELETE"] : ["DELETE"] : "${var.connections.stage_arn}/${method}/@connections/*"]
      }],
      [for queue in function.sends_to : {
        Sid      = "SendTo${replace(title(replace(queue, "-", " ")), " ", "")}"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.this[queue].arn]
      }],
      [for name in function.parameters : {
        Sid      = "Parameter${replace(title(replace(name, "-", " ")), " ", "")}"
        Effect   = "Allow"
        Action   = ["ssm:GetParameter"]
        Resource = ["${local.parameters_arn}/${name}"]
      }],
      function.queue == null ? [] : [{
        Sid      = "Consume"
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = [aws_sqs_queue.this[function.queue.name].arn]
      }],
      function.stream == null ? [] : [
        {
          Sid    = "Stream"
          Effect = "Allow"
          Action = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"]
          # A stream is named by the time at which it was switched on.
          Resource = ["${var.tables[function.stream.table].arn}/stream/*"]
        },
        {
          Sid      = "GiveUp"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["${module.failed_records[0].arn}/*"]
        },
        {
          Sid      = "GiveUpBucket"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = [module.failed_records[0].arn]
        },
      ],
      # The two statements below cannot be limited to a resource: AWS defines these actions for "*" only.
      local.in_network[folder] ? [{
        Sid      = "Network"
        Effect   = "Allow"
        Action   = ["ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
        Resource = ["*"]
      }] : [],
      var.tracing ? [{
        Sid      = "Tracing"
        Effect   = "Allow"
        Action   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
        Resource = ["*"]
      }] : [],
    )
  }
}
