# Everything, and the network, balancer and cluster too: several replicas that find each other, roles with
# least rights, alarms that tell somebody, autoscaling.

resource "aws_ecs_cluster" "this" {
  name = "quilt"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}

resource "aws_ecs_cluster_capacity_providers" "this" {
  cluster_name       = aws_ecs_cluster.this.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]
}

resource "aws_sns_topic" "alarms" {
  name = "quilt-mcp-alarms"
}

module "mcp_server" {
  source = "../../modules/mcp_server"

  aws_region      = var.aws_region
  stack_name      = "quilt"
  environment     = "production"
  container_image = var.container_image
  cpu             = 512
  memory          = 1024

  cluster_name           = aws_ecs_cluster_capacity_providers.this.cluster_name
  vpc_id                 = aws_vpc.this.id
  private_subnet_ids     = [for subnet in aws_subnet.private : subnet.id]
  alb_listener_arn       = aws_lb_listener.https.arn
  alb_security_group_ids = [aws_security_group.balancer.id]
  host_names             = [var.host_name]

  catalog_url         = "https://${var.host_name}"
  registry_url        = "https://${var.host_name}"
  trust_forwarded_for = true
  restrict_egress     = true

  # Read again by the server whenever it was changed.
  jwt_secret_read_by_server = true
  state_secret_arn          = var.state_secret_arn
  peers                     = {}

  data_role = {
    write_buckets = var.data_buckets
  }

  oauth = {
    issuer     = "https://login.example.com"
    public_url = "https://${var.host_name}/mcp"
  }

  autoscaling = {
    min_tasks = 2
    max_tasks = 20
  }

  spot = {
    on_demand_tasks = 2
  }

  alarms = {
    topic_arns         = [aws_sns_topic.alarms.arn]
    refusal_percent    = 50
    container_insights = true
  }
  rollback_on_alarm = true

  create_ecr_repository = true

  tags = {
    Owner = "data"
  }
}
