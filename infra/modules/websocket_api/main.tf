# The WebSocket API: a route for each function that has one, behind an authorizer on $connect.

locals {
  served = { for folder, function in var.functions : folder => function if length(function.route) > 0 }
  routes = merge([for folder, function in local.served : { for route in function.route : route => folder }]...)
  # What a function returns for these is sent to nobody.
  silent     = concat(["$connect", "$disconnect"], flatten([for function in values(local.served) : function.silent]))
  authorizer = one([for function in values(var.functions) : function if function.authorizer == "websocket"])
  region     = split(":", aws_apigatewayv2_api.this.arn)[3]
  stage_arn  = "${aws_apigatewayv2_api.this.execution_arn}/${var.stage}"
  host       = "${aws_apigatewayv2_api.this.id}.execute-api.${local.region}.amazonaws.com"
  url        = "wss://${local.host}/${var.stage}"
  # For posting to connections; not the wss:// endpoint.
  management_url = "https://${local.host}/${var.stage}"
}

resource "aws_apigatewayv2_api" "this" {
  name                       = "${var.context.prefix}-websocket"
  description                = "Parley's WebSocket API."
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
  ip_address_type            = var.dual_stack ? "dualstack" : "ipv4"
  tags                       = var.context.tags
}

resource "aws_apigatewayv2_authorizer" "this" {
  api_id          = aws_apigatewayv2_api.this.id
  name            = "access-token"
  authorizer_type = "REQUEST"
  authorizer_uri  = local.authorizer.invoke_arn
  # Every identity source that is listed would be required, and there are two ways to bring a token.
  identity_sources = []

  lifecycle {
    precondition {
      condition     = local.authorizer != null
      error_message = "One function.yaml must have `authorizer: websocket` as its trigger."
    }
  }
}

# One for each function, whichever of its routes is called.
resource "aws_apigatewayv2_integration" "this" {
  for_each = local.served

  api_id                    = aws_apigatewayv2_api.this.id
  description               = each.value.name
  integration_type          = "AWS_PROXY"
  integration_uri           = each.value.invoke_arn
  content_handling_strategy = "CONVERT_TO_TEXT"
  # API Gateway waits no longer than 29 seconds.
  timeout_milliseconds = min(29, each.value.timeout_seconds) * 1000
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.routes

  api_id                              = aws_apigatewayv2_api.this.id
  route_key                           = each.key
  target                              = "integrations/${aws_apigatewayv2_integration.this[each.value].id}"
  authorization_type                  = each.key == "$connect" ? "CUSTOM" : "NONE"
  authorizer_id                       = each.key == "$connect" ? aws_apigatewayv2_authorizer.this.id : null
  route_response_selection_expression = contains(local.silent, each.key) ? null : "$default"
}

# What a function returns reaches the client through a route response only.
resource "aws_apigatewayv2_route_response" "this" {
  for_each = { for route, folder in local.routes : route => folder if !contains(local.silent, route) }

  api_id             = aws_apigatewayv2_api.this.id
  route_id           = aws_apigatewayv2_route.this[each.key].id
  route_response_key = "$default"
}

# A prefix, not an id: after an apply that died, or lost an answer, the next one is not refused as a conflict.
resource "aws_lambda_permission" "route" {
  for_each = local.served

  statement_id_prefix = "websocket-route-"
  action              = "lambda:InvokeFunction"
  function_name       = each.value.name
  qualifier           = each.value.alias
  principal           = "apigateway.amazonaws.com"
  source_arn          = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}

resource "aws_lambda_permission" "authorizer" {
  statement_id_prefix = "websocket-authorizer-"
  action              = "lambda:InvokeFunction"
  function_name       = local.authorizer.name
  qualifier           = local.authorizer.alias
  principal           = "apigateway.amazonaws.com"
  source_arn          = "${aws_apigatewayv2_api.this.execution_arn}/authorizers/${aws_apigatewayv2_authorizer.this.id}"
}

resource "aws_apigatewayv2_stage" "this" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = var.stage
  description = "What clients connect to."
  auto_deploy = true
  tags        = var.context.tags

  default_route_settings {
    throttling_rate_limit    = var.throttling.rate
    throttling_burst_limit   = var.throttling.burst
    detailed_metrics_enabled = var.detailed_metrics
    # Errors of the gateway itself. Never the data trace: it would log what people say.
    logging_level      = "ERROR"
    data_trace_enabled = false
  }

  # No query string and no headers: either may hold a token that somebody put where it does not belong.
  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.this.arn
    format = jsonencode({
      requestId        = "$context.requestId"
      requestTime      = "$context.requestTimeEpoch"
      eventType        = "$context.eventType"
      routeKey         = "$context.routeKey"
      status           = "$context.status"
      connectionId     = "$context.connectionId"
      sourceIp         = "$context.identity.sourceIp"
      latency          = "$context.integrationLatency"
      error            = "$context.error.messageString"
      integrationError = "$context.integrationErrorMessage"
      authorizerError  = "$context.authorizer.error"
      disconnectStatus = "$context.disconnectStatusCode"
    })
  }

  depends_on = [aws_cloudwatch_log_group.execution]
}

# API Gateway writes errors of its own here, and would make the group itself, without an end to what it keeps. It logs
# by the role that infra/bootstrap sets for the account.
resource "aws_cloudwatch_log_group" "execution" {
  name              = "/aws/apigateway/${aws_apigatewayv2_api.this.id}/${var.stage}"
  retention_in_days = var.log_retention_days
  tags              = var.context.tags
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/apigateway/${var.context.prefix}-websocket"
  retention_in_days = var.log_retention_days
  tags              = var.context.tags
}
