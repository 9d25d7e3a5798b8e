resource "aws_security_group" "this" {
  name_prefix = "${var.stack_name}-mcp-server-"
  description = "Tasks of ${local.service}: in from the balancer, out to AWS and the catalog."
  vpc_id      = var.vpc_id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

# By index: groups that the same apply makes have no id yet.
resource "aws_vpc_security_group_ingress_rule" "balancer" {
  for_each = { for index, id in var.alb_security_group_ids : tostring(index) => id }

  security_group_id            = aws_security_group.this.id
  description                  = "MCP from the balancer"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
  tags                         = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "peers" {
  count = local.has_peers ? 1 : 0

  security_group_id            = aws_security_group.this.id
  description                  = "Messages between replicas"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = local.peer_port
  to_port                      = local.peer_port
  tags                         = local.tags
}

resource "aws_vpc_security_group_egress_rule" "all" {
  count = var.restrict_egress ? 0 : 1

  security_group_id = aws_security_group.this.id
  description       = "Everywhere"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
  tags              = local.tags
}

# AWS, the catalog and an OAuth issuer by HTTPS; names.
resource "aws_vpc_security_group_egress_rule" "restricted" {
  for_each = var.restrict_egress ? {
    https   = { protocol = "tcp", port = 443 }
    dns     = { protocol = "udp", port = 53 }
    dns-tcp = { protocol = "tcp", port = 53 }
  } : {}

  security_group_id = aws_security_group.this.id
  description       = each.key
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = each.value.protocol
  from_port         = each.value.port
  to_port           = each.value.port
  tags              = local.tags
}

resource "aws_vpc_security_group_egress_rule" "peers" {
  count = var.restrict_egress && local.has_peers ? 1 : 0

  security_group_id            = aws_security_group.this.id
  description                  = "Messages between replicas"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = local.peer_port
  to_port                      = local.peer_port
  tags                         = local.tags
}
