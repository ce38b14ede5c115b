# The HTTP API: the routes of every function whose trigger has `http`.

locals {
  served = { for folder, function in var.functions : folder => function if length(function.http) > 0 }
  routes = merge([for folder, function in local.served : { for route in function.http : route => folder }]...)
  region = split(":", aws_apigatewayv2_api.this.arn)[3]
  url    = "https://${aws_apigatewayv2_api.this.id}.execute-api.${local.region}.amazonaws.com"
}

resource "aws_apigatewayv2_api" "this" {
  name            = "${var.context.prefix}-http"
  description     = "Parley's HTTP API."
  protocol_type   = "HTTP"
  ip_address_type = var.dual_stack ? "dualstack" : "ipv4"
  tags            = var.context.tags

  cors_configuration {
    allow_origins = var.allowed_origins
    allow_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    allow_headers = ["authorization", "content-type"]
    max_age       = 3600
  }
}

resource "aws_apigatewayv2_authorizer" "this" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "access-token"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.issuer
    audience = [var.client_id]
  }
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = local.served

  api_id                 = aws_apigatewayv2_api.this.id
  description            = each.value.name
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.invoke_arn
  payload_format_version = "2.0"
  timeout_milliseconds   = min(29, each.value.timeout_seconds) * 1000
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.key
  target             = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"
  authorization_type = local.served[each.value].public ? "NONE" : "JWT"
  authorizer_id      = local.served[each.value].public ? null : aws_apigatewayv2_authorizer.this.id
  # Cognito gives this scope to access tokens and none to id tokens: it is what tells them apart here.
  authorization_scopes = local.served[each.value].public ? null : ["aws.cognito.signin.user.admin"]
}

# A prefix, not an id, as in websocket_api.
resource "aws_lambda_permission" "route" {
  for_each = local.served

  statement_id_prefix = "http-route-"
  action              = "lambda:InvokeFunction"
  function_name       = each.value.name
  qualifier           = each.value.alias
  principal           = "apigateway.amazonaws.com"
  source_arn          = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  description = "What clients call."
  auto_deploy = true
  tags        = var.context.tags

  default_route_settings {
    throttling_rate_limit  = var.throttling.rate
    throttling_burst_limit = var.throttling.burst
  }

  # No query string and no headers: either may hold a token that somebody put where it does not belong.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.this.arn
    format = jsonencode({
      requestId        = "$context.requestId"
      requestTime      = "$context.requestTimeEpoch"
      routeKey         = "$context.routeKey"
      status           = "$context.status"
      sourceIp         = "$context.identity.sourceIp"
      latency          = "$context.integrationLatency"
      error            = "$context.error.message"
      integrationError = "$context.integrationErrorMessage"
      authorizerError  = "$context.authorizer.error"
    })
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/apigateway/${var.context.prefix}-http"
  retention_in_days = var.log_retention_days
  tags              = var.context.tags
}
