# What is off by default.

mock_provider "aws" {
  source = "./tests/aws"
}

variables {
  container_image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  vpc_id                 = "vpc-0123456789abcdef0"
  private_subnet_ids     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  alb_listener_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/sales-prod/0123456789abcdef/fedcba9876543210"
  alb_security_group_ids = ["sg-0123456789abcdef0", "sg-0123456789abcdef1"]
  desired_count          = 2
  state_secret_arn       = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"
}

run "replicas_find_each_other_and_nobody_else_does" {
  command = plan

  variables {
    peers = {}
  }

  assert {
    condition     = one(aws_service_discovery_private_dns_namespace.peers).name == "mcp.internal" && one(aws_service_discovery_service.peers).name == "mcp-server"
    error_message = "a private name"
  }
  assert {
    condition     = one(one(one(aws_service_discovery_service.peers).dns_config).dns_records).type == "A" && length(aws_ecs_service.this.service_registries) == 1
    error_message = "which has the addresses of the tasks"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value if startswith(one.name, "MCP_PEER") } == { MCP_PEERS = "dns:mcp-server.mcp.internal", MCP_PEER_PORT = "8001" }
    error_message = "the server is told of it"
  }
  assert {
    condition     = [for port in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].portMappings : port.containerPort] == [8000, 8001]
    error_message = "the port is open in the container"
  }
  assert {
    condition     = one(aws_vpc_security_group_ingress_rule.peers).from_port == 8001 && one(aws_vpc_security_group_ingress_rule.peers).to_port == 8001 && one(aws_vpc_security_group_ingress_rule.peers).cidr_ipv4 == null
    error_message = "and for the group itself"
  }
}

run "a_namespace_that_exists_is_taken" {
  command = plan

  variables {
    peers = { namespace_id = "ns-0123456789abcdef", namespace_name = "stack.internal" }
  }

  assert {
    condition     = length(aws_service_discovery_private_dns_namespace.peers) == 0 && one(one(aws_service_discovery_service.peers).dns_config).namespace_id == "ns-0123456789abcdef"
    error_message = "no namespace is made"
  }
}

run "the_number_of_tasks_follows_load" {
  command = apply

  variables {
    autoscaling = {}
  }

  assert {
    condition     = aws_appautoscaling_target.this[0].min_capacity == 2 && aws_appautoscaling_target.this[0].max_capacity == 10 && aws_appautoscaling_target.this[0].resource_id == "service/sales-prod/sales-prod-mcp-server-production"
    error_message = jsonencode(aws_appautoscaling_target.this)
  }
  assert {
    condition = { for kind, policy in aws_appautoscaling_policy.this : kind => [
      one(policy.target_tracking_scaling_policy_configuration).target_value,
      one(policy.target_tracking_scaling_policy_configuration).scale_out_cooldown,
      one(policy.target_tracking_scaling_policy_configuration).scale_in_cooldown,
      one(one(policy.target_tracking_scaling_policy_configuration).predefined_metric_specification).predefined_metric_type,
      one(one(policy.target_tracking_scaling_policy_configuration).predefined_metric_specification).resource_label == null ? "" : one(one(policy.target_tracking_scaling_policy_configuration).predefined_metric_specification).resource_label,
      ] } == {
      cpu      = [60, 60, 300, "ECSServiceAverageCPUUtilization", ""]
      requests = [600, 60, 300, "ALBRequestCountPerTarget", "app/sales-prod/0123456789abcdef/targetgroup/sales-prod-mcp-server-tg/0123456789abcdef"]
    }
    error_message = jsonencode(aws_appautoscaling_policy.this)
  }
  assert {
    condition     = aws_ecs_service.this.desired_count == 2
    error_message = "the service begins with the fewest"
  }
}

run "tasks_on_spot_stand_beside_some_on_demand" {
  command = plan

  variables {
    spot = { on_demand_tasks = 2 }
  }

  assert {
    condition     = { for one in aws_ecs_service.this.capacity_provider_strategy : one.capacity_provider => [one.base, one.weight] } == { FARGATE = [2, 0], FARGATE_SPOT = [0, 1] }
    error_message = jsonencode(aws_ecs_service.this.capacity_provider_strategy)
  }
}

run "oauth_opens_the_metadata_of_the_resource" {
  command = plan

  variables {
    oauth = { issuer = "https://login.example.com", public_url = "https://demo.quiltdata.com/mcp" }
  }

  assert {
    condition     = toset(flatten([for one in aws_lb_listener_rule.this.condition : [for paths in one.path_pattern : paths.values]])) == toset(["/mcp", "/mcp/*", "/.well-known/oauth-protected-resource*"])
    error_message = jsonencode(aws_lb_listener_rule.this.condition)
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value }.MCP_OAUTH_ISSUER == "https://login.example.com" && output.mcp_url == "https://demo.quiltdata.com/mcp"
    error_message = "the server is told of it"
  }
}

run "tasks_reach_https_and_names_alone_when_told_to" {
  command = plan

  variables {
    restrict_egress = true
    peers           = {}
  }

  assert {
    condition     = length(aws_vpc_security_group_egress_rule.all) == 0 && toset([for rule in aws_vpc_security_group_egress_rule.restricted : "${rule.ip_protocol} ${rule.from_port}"]) == toset(["tcp 443", "tcp 53", "udp 53"])
    error_message = jsonencode(aws_vpc_security_group_egress_rule.restricted)
  }
  assert {
    condition     = one(aws_vpc_security_group_egress_rule.peers).from_port == 8001
    error_message = "and each other"
  }
}

run "errors_after_a_release_roll_it_back_when_told_to" {
  command = plan

  variables {
    rollback_on_alarm = true
  }

  assert {
    condition     = one(aws_ecs_service.this.alarms).alarm_names == toset(["sales-prod-mcp-server-production-errors"]) && one(aws_ecs_service.this.alarms).rollback
    error_message = jsonencode(aws_ecs_service.this.alarms)
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.this["errors"].alarm_name == "sales-prod-mcp-server-production-errors" && alltrue([for kind, alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == (kind == "down" ? "breaching" : "notBreaching")])
    error_message = "a quiet service is well"
  }
}

run "alarms_tell_topics_and_there_are_more" {
  command = plan

  variables {
    alarms = { topic_arns = ["arn:aws:sns:us-east-1:123456789012:ops"], refusal_percent = 40, container_insights = true }
  }

  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["down", "errors", "memory", "missing", "refusals", "slow", "unhealthy"])
    error_message = jsonencode(keys(aws_cloudwatch_metric_alarm.this))
  }
  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.alarm_actions == toset(["arn:aws:sns:us-east-1:123456789012:ops"]) && length([for query in alarm.metric_query : query.id if query.return_data]) == 1])
    error_message = "each tells the topic, and looks at one result"
  }
}

run "without_alarms_there_are_none" {
  command = plan

  variables {
    alarms           = null
    create_dashboard = false
  }

  assert {
    condition     = length(aws_cloudwatch_metric_alarm.this) + length(aws_cloudwatch_dashboard.this) == 0
    error_message = "none was asked for"
  }
}

run "the_dashboard_shows_this_service" {
  command = apply

  assert {
    condition     = [for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : widget.type] == ["metric", "metric", "metric", "metric", "metric", "log"]
    error_message = aws_cloudwatch_dashboard.this[0].dashboard_body
  }
  assert {
    condition = alltrue([for widget in jsondecode(aws_cloudwatch_dashboard.this[0].dashboard_body).widgets : alltrue([for metric in try(widget.properties.metrics, []) :
      contains(metric, "sales-prod-mcp-server-production") || contains(metric, "targetgroup/sales-prod-mcp-server-tg/0123456789abcdef")
    ])])
    error_message = aws_cloudwatch_dashboard.this[0].dashboard_body
  }
}

run "a_repository_keeps_tags_and_scans" {
  command = plan

  variables {
    create_ecr_repository = true
  }

  assert {
    condition     = one(aws_ecr_repository.this).image_tag_mutability == "IMMUTABLE" && one(one(aws_ecr_repository.this).image_scanning_configuration).scan_on_push && one(one(aws_ecr_repository.this).encryption_configuration).encryption_type == "AES256"
    error_message = jsonencode(aws_ecr_repository.this)
  }
  assert {
    condition     = [for rule in jsondecode(aws_ecr_lifecycle_policy.this[0].policy).rules : rule.selection.countNumber] == [7, 50]
    error_message = aws_ecr_lifecycle_policy.this[0].policy
  }
}

run "a_large_service_is_updated_in_smaller_steps" {
  command = plan

  variables {
    autoscaling                = { min_tasks = 10, max_tasks = 58 }
    peers                      = {}
    deployment_maximum_percent = 110
  }

  assert {
    condition     = aws_ecs_service.this.deployment_maximum_percent == 110
    error_message = "one more task at a time"
  }
}

run "a_second_service_has_names_of_its_own" {
  command = plan

  variables {
    target_group_name = "sales-staging-mcp"
    log_group_name    = "/ecs/sales/mcp-server"
  }

  assert {
    condition     = aws_lb_target_group.this.name == "sales-staging-mcp" && aws_cloudwatch_log_group.this.name == "/ecs/sales/mcp-server"
    error_message = "target group and log group"
  }
}

run "a_wildcard_is_no_address" {
  command = plan

  variables {
    host_names = ["*.quiltdata.com", "demo.example.com"]
  }

  assert {
    condition     = output.mcp_url == "https://demo.example.com/mcp"
    error_message = "the first whole name"
  }
}
