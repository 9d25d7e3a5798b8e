# What all files of the module share: names, ARNs, the image.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  container = "mcp-server"
  port      = 8000
  peer_port = 8001

  # Cloud names as documented: sales-prod-mcp-server-production, /ecs/mcp-server-production.
  service   = "${var.stack_name}-mcp-server-${var.environment}"
  log_group = var.log_group_name != null ? var.log_group_name : "/ecs/mcp-server-${var.environment}"

  partition   = data.aws_partition.current.partition
  account     = data.aws_caller_identity.current.account_id
  arn_of_ecs  = "arn:${local.partition}:ecs:${var.aws_region}:${local.account}"
  cluster_arn = "${local.arn_of_ecs}:cluster/${var.cluster_name}"

  # What CloudWatch and Application Auto Scaling call the balancer: app/NAME/ID.
  balancer = regex("listener/(app/[^/]+/[0-9a-f]+)/", var.alb_listener_arn)[0]

  has_peers = var.peers != null
  has_oauth = var.oauth != null

  tags = merge({ Name = local.service }, var.tags)
}
