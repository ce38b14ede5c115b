# API Gateway writes logs by one role for the whole account and region.

resource "aws_api_gateway_account" "this" {
  count = var.manage_logging_role ? 1 : 0

  cloudwatch_role_arn = aws_iam_role.logging[0].arn

  # It is refused while AWS does not see the policy yet.
  depends_on = [aws_iam_role_policy_attachment.logging]
}

resource "aws_iam_role" "logging" {
  count = var.manage_logging_role ? 1 : 0

  name        = "${var.context.prefix}-api-gateway-logging"
  description = "Lets API Gateway write logs, in this account and region."
  tags        = var.context.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "apigateway.amazonaws.com" }
    }]
  })
}

# AWS's own policy: API Gateway refuses a role that may do less.
resource "aws_iam_role_policy_attachment" "logging" {
  count = var.manage_logging_role ? 1 : 0

  role       = aws_iam_role.logging[0].name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs"
}

data "aws_partition" "this" {}
