# A VPC for the functions. Nothing listens in it: the private subnets have ways out, and none in.

# All zones, not only those that are available today: subnets get their addresses by position, and an outage must not
# move them.
data "aws_availability_zones" "this" {
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  names = var.zones == null ? slice(sort(data.aws_availability_zones.this.names), 0, 2) : var.zones
  zones = { for number, zone in local.names : zone => number }
  first = one([for zone, number in local.zones : zone if number == 0])
  nats  = var.nat == "none" ? [] : var.nat == "single" ? [local.first] : keys(local.zones)
}

resource "aws_vpc" "this" {
  cidr_block                       = var.cidr_block
  assign_generated_ipv6_cidr_block = var.ipv6
  enable_dns_support               = true
  enable_dns_hostnames             = true
  tags                             = merge(var.context.tags, { Name = var.context.prefix })
}

# Closed, so that nothing that is put here by mistake is open.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.context.tags, { Name = "${var.context.prefix}-unused" })
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr_block, 4, each.value)
  ipv6_cidr_block   = var.ipv6 ? cidrsubnet(aws_vpc.this.ipv6_cidr_block, 8, each.value) : null
  tags              = merge(var.context.tags, { Name = "${var.context.prefix}-public-${each.key}" })
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.this.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(var.cidr_block, 4, 8 + each.value)
  ipv6_cidr_block   = var.ipv6 ? cidrsubnet(aws_vpc.this.ipv6_cidr_block, 8, 8 + each.value) : null
  tags              = merge(var.context.tags, { Name = "${var.context.prefix}-private-${each.key}" })
}

resource "aws_security_group" "functions" {
  name        = "${var.context.prefix}-functions"
  description = "Functions call out by TLS, and nothing calls in."
  vpc_id      = aws_vpc.this.id
  tags        = merge(var.context.tags, { Name = "${var.context.prefix}-functions" })
}

resource "aws_vpc_security_group_egress_rule" "https" {
  security_group_id = aws_security_group.functions.id
  description       = "AWS's APIs, by TLS."
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.context.tags
}

resource "aws_vpc_security_group_egress_rule" "https_ipv6" {
  count = var.ipv6 ? 1 : 0

  security_group_id = aws_security_group.functions.id
  description       = "AWS's APIs, by TLS over IPv6."
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv6         = "::/0"
  tags              = var.context.tags
}
