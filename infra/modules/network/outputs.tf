output "for_functions" {
  description = "Where functions run: private `subnet_ids`, their `security_group_ids`, and whether they go out over `ipv6`."
  value = {
    subnet_ids         = [for subnet in aws_subnet.private : subnet.id]
    security_group_ids = [aws_security_group.functions.id]
    ipv6               = var.ipv6
  }
  # A function that starts before its routes are there can't reach anything.
  depends_on = [aws_route_table_association.private, aws_route.private, aws_route.private_ipv6, aws_vpc_endpoint.gateway]
}

output "vpc_id" {
  description = "The id of the VPC."
  value       = aws_vpc.this.id
}
