# Where replicas find each other: a name in a private zone, with the address of every task.

locals {
  peer_name = local.has_peers ? "${var.peers.service_name}.${var.peers.namespace_name}" : null
}

resource "aws_service_discovery_private_dns_namespace" "peers" {
  count = local.has_peers ? (var.peers.namespace_id == null ? 1 : 0) : 0

  name        = var.peers.namespace_name
  description = "Replicas of ${local.service}"
  vpc         = var.vpc_id
  tags        = local.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_service_discovery_service" "peers" {
  count = local.has_peers ? 1 : 0

  name        = var.peers.service_name
  description = "Tasks of ${local.service}"

  dns_config {
    namespace_id   = var.peers.namespace_id != null ? var.peers.namespace_id : aws_service_discovery_private_dns_namespace.peers[0].id
    routing_policy = "MULTIVALUE"

    dns_records {
      type = "A"
      ttl  = 10
    }
  }

  # ECS says which tasks are well.
  health_check_custom_config {
    failure_threshold = 1
  }

  tags = local.tags

  # ECS has tasks in it until the service is updated, so it goes last.
  lifecycle {
    create_before_destroy = true
  }
}
