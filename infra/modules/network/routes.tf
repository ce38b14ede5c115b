# The ways out.

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.context.tags, { Name = var.context.prefix })
}

resource "aws_egress_only_internet_gateway" "this" {
  count = var.ipv6 ? 1 : 0

  vpc_id = aws_vpc.this.id
  tags   = merge(var.context.tags, { Name = var.context.prefix })
}

resource "aws_eip" "nat" {
  for_each = toset(local.nats)

  domain = "vpc"
  tags   = merge(var.context.tags, { Name = "${var.context.prefix}-nat-${each.key}" })
}

resource "aws_nat_gateway" "this" {
  for_each = toset(local.nats)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = aws_subnet.public[each.key].id
  tags          = merge(var.context.tags, { Name = "${var.context.prefix}-${each.key}" })

  depends_on = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  tags   = merge(var.context.tags, { Name = "${var.context.prefix}-public" })
}

resource "aws_route" "public" {
  route_table_id         = aws_route_table.public.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route" "public_ipv6" {
  count = var.ipv6 ? 1 : 0

  route_table_id              = aws_route_table.public.id
  destination_ipv6_cidr_block = "::/0"
  gateway_id                  = aws_internet_gateway.this.id
}

resource "aws_route_table_association" "public" {
  for_each = local.zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.this.id
  tags   = merge(var.context.tags, { Name = "${var.context.prefix}-private-${each.key}" })
}

resource "aws_route" "private" {
  for_each = var.nat == "none" ? {} : local.zones

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[var.nat == "per_az" ? each.key : local.first].id
}

resource "aws_route" "private_ipv6" {
  for_each = var.ipv6 ? local.zones : {}

  route_table_id              = aws_route_table.private[each.key].id
  destination_ipv6_cidr_block = "::/0"
  egress_only_gateway_id      = aws_egress_only_internet_gateway.this[0].id
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# Free of charge, and no way out is needed for them. There is none for execute-api on purpose: one with private DNS
# would take the place of the public @connections API, which a WebSocket API does not answer in private.
resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["dynamodb", "s3"])

  vpc_id            = aws_vpc.this.id
  service_name      = "com.amazonaws.${split(":", aws_vpc.this.arn)[3]}.${each.key}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [for table in aws_route_table.private : table.id]
  tags              = merge(var.context.tags, { Name = "${var.context.prefix}-${each.key}" })
}
