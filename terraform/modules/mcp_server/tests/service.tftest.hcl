# The documented service.

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

run "the_names_are_the_documented_ones" {
  command = plan

  assert {
    condition     = aws_ecs_service.this.name == "sales-prod-mcp-server-production"
    error_message = "service: ${aws_ecs_service.this.name}"
  }
  assert {
    condition     = aws_ecs_task_definition.this.family == "quilt-mcp-server"
    error_message = "family: ${aws_ecs_task_definition.this.family}"
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.name == "/ecs/mcp-server-production"
    error_message = "log group: ${aws_cloudwatch_log_group.this.name}"
  }
  assert {
    condition     = aws_lb_target_group.this.name == "sales-prod-mcp-server-tg"
    error_message = "target group: ${aws_lb_target_group.this.name}"
  }
  assert {
    condition     = aws_security_group.this.name_prefix == "sales-prod-mcp-server-"
    error_message = "security group: ${aws_security_group.this.name_prefix}"
  }
  assert {
    condition     = aws_ssm_parameter.image.name == "/quilt/mcp-server/image"
    error_message = "parameter: ${aws_ssm_parameter.image.name}"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].name == "mcp-server"
    error_message = "container: ${aws_ecs_task_definition.this.container_definitions}"
  }
}

run "the_task_is_small_and_its_container_is_shut_in" {
  command = plan

  assert {
    condition     = aws_ecs_task_definition.this.cpu == "256" && aws_ecs_task_definition.this.memory == "512"
    error_message = "a task has 256 CPU units and 512 MiB by default"
  }
  assert {
    condition     = one(aws_ecs_task_definition.this.runtime_platform).cpu_architecture == "X86_64" && aws_ecs_task_definition.this.network_mode == "awsvpc"
    error_message = "linux/amd64 in awsvpc by default"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].user == "10001:10001"
    error_message = "the container runs as a user that is not root"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "the container cannot write to its file system"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].mountPoints == [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }] && [for volume in aws_ecs_task_definition.this.volume : volume.name] == ["tmp"]
    error_message = "but to /tmp"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].linuxParameters.capabilities.drop == ["ALL"] && jsondecode(aws_ecs_task_definition.this.container_definitions)[0].linuxParameters.initProcessEnabled
    error_message = "the container has no capabilities, and something that reaps its processes"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].stopTimeout == 75
    error_message = "a task has 75 s to end"
  }
  assert {
    condition     = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].healthCheck == { command = ["CMD", "/app/bin/health"], interval = 30, timeout = 5, retries = 3, startPeriod = 60 }
    error_message = "the image brings its health command"
  }
  assert {
    condition     = aws_ecs_task_definition.this.track_latest && aws_ecs_task_definition.this.skip_destroy
    error_message = "revisions of deploy-cli count, and old ones stay"
  }
}

run "no_secret_stands_in_the_task_definition" {
  command = plan

  variables {
    secret_variables = {
      MCP_STATE_PREVIOUS_SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:quilt-AbCdEf:previous::"
    }
  }

  assert {
    condition     = !anytrue([for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : can(regex("SECRET|TOKEN|PASSWORD", one.name))])
    error_message = "environment: ${aws_ecs_task_definition.this.container_definitions}"
  }
  assert {
    condition = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : one.name => one.valueFrom } == {
      MCP_ENHANCED_JWT_SECRET   = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/jwt-secret"
      MCP_STATE_PREVIOUS_SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:quilt-AbCdEf:previous::"
      MCP_STATE_SECRET          = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"
    }
    error_message = "secrets: ${aws_ecs_task_definition.this.container_definitions}"
  }
}

run "the_server_is_told_what_was_documented" {
  command = plan

  variables {
    environment_variables = { QUILT_READ_ONLY = "true", MCP_REQUIRE_TOKEN = "true" }
  }

  assert {
    condition = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value } == {
      AWS_DEFAULT_REGION   = "us-east-1"
      AWS_REGION           = "us-east-1"
      FASTMCP_ADDR         = "0.0.0.0"
      FASTMCP_PORT         = "8000"
      FASTMCP_TRANSPORT    = "streamable-http"
      LOG_LEVEL            = "INFO"
      MCP_ENHANCED_JWT_KID = "frontend-enhanced"
      MCP_REQUIRE_TOKEN    = "true"
      MCP_SERVER_NAME      = "quilt-mcp-server"
      MCP_SERVER_VERSION   = "1.2.3"
      QUILT_CATALOG_URL    = "https://demo.quiltdata.com"
      QUILT_READ_ONLY      = "true"
      QUILT_REGISTRY_URL   = "https://demo.quiltdata.com"
    }
    error_message = "environment: ${aws_ecs_task_definition.this.container_definitions}"
  }
}

run "lines_are_logged_without_stopping_the_server" {
  command = plan

  assert {
    condition = jsondecode(aws_ecs_task_definition.this.container_definitions)[0].logConfiguration == {
      logDriver = "awslogs"
      options = {
        awslogs-group         = "/ecs/mcp-server-production"
        awslogs-region        = "us-east-1"
        awslogs-stream-prefix = "ecs"
        max-buffer-size       = "25m"
        mode                  = "non-blocking"
      }
    }
    error_message = "logs: ${aws_ecs_task_definition.this.container_definitions}"
  }
  assert {
    condition     = aws_cloudwatch_log_group.this.retention_in_days == 30
    error_message = "log lines are kept for 30 days"
  }
}

run "a_release_never_takes_capacity_away_and_is_rolled_back" {
  command = plan

  assert {
    condition     = one(aws_ecs_service.this.deployment_circuit_breaker).enable && one(aws_ecs_service.this.deployment_circuit_breaker).rollback
    error_message = "the circuit breaker rolls back"
  }
  assert {
    condition     = aws_ecs_service.this.deployment_minimum_healthy_percent == 100 && aws_ecs_service.this.deployment_maximum_percent == 200
    error_message = "new tasks come before old ones go"
  }
  assert {
    condition     = aws_ecs_service.this.availability_zone_rebalancing == "ENABLED" && aws_ecs_service.this.health_check_grace_period_seconds == 60 && aws_ecs_service.this.wait_for_steady_state
    error_message = "zones are balanced; a new task has a minute; an apply waits for it"
  }
  assert {
    condition     = aws_ecs_service.this.launch_type == "FARGATE" && length(aws_ecs_service.this.capacity_provider_strategy) == 0 && !one(aws_ecs_service.this.network_configuration).assign_public_ip
    error_message = "Fargate, without public addresses"
  }
  assert {
    condition     = !aws_ecs_service.this.enable_execute_command && aws_ecs_service.this.propagate_tags == "SERVICE" && aws_ecs_service.this.enable_ecs_managed_tags
    error_message = "no shells; tasks have the tags of the service"
  }
  assert {
    condition     = !one(aws_ecs_service.this.alarms).enable && !one(aws_ecs_service.this.alarms).rollback
    error_message = "alarms roll nothing back unless asked to"
  }
}

run "the_balancer_sends_mcp_with_and_without_a_slash" {
  command = plan

  assert {
    condition     = toset(flatten([for one in aws_lb_listener_rule.this.condition : [for paths in one.path_pattern : paths.values]])) == toset(["/mcp", "/mcp/*"])
    error_message = "paths: ${jsonencode(aws_lb_listener_rule.this.condition)}"
  }
  assert {
    condition     = toset(flatten([for one in aws_lb_listener_rule.this.condition : [for hosts in one.host_header : hosts.values]])) == toset(["demo.quiltdata.com"]) && aws_lb_listener_rule.this.priority == 100
    error_message = "hosts: ${jsonencode(aws_lb_listener_rule.this.condition)}"
  }
  assert {
    condition     = aws_lb_target_group.this.target_type == "ip" && aws_lb_target_group.this.port == 8000 && aws_lb_target_group.this.protocol == "HTTP" && tonumber(aws_lb_target_group.this.deregistration_delay) == 30 && aws_lb_target_group.this.slow_start == 30
    error_message = "target group: ${jsonencode(aws_lb_target_group.this)}"
  }
  assert {
    condition     = one([for check in aws_lb_target_group.this.health_check : [check.path, check.matcher, check.interval, check.timeout, check.healthy_threshold, check.unhealthy_threshold]]) == ["/healthz", "200", 30, 6, 2, 3]
    error_message = "health check: ${jsonencode(aws_lb_target_group.this.health_check)}"
  }
}

run "only_the_balancer_comes_in" {
  command = plan

  assert {
    condition     = toset([for rule in aws_vpc_security_group_ingress_rule.balancer : rule.referenced_security_group_id]) == toset(["sg-0123456789abcdef0", "sg-0123456789abcdef1"])
    error_message = "the groups of the balancer are let in"
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.balancer : rule.ip_protocol == "tcp" && rule.from_port == 8000 && rule.to_port == 8000 && rule.cidr_ipv4 == null && rule.cidr_ipv6 == null])
    error_message = "on port 8000 alone"
  }
  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.peers) == 0
    error_message = "nobody else"
  }
  assert {
    condition     = one(aws_vpc_security_group_egress_rule.all).cidr_ipv4 == "0.0.0.0/0" && length(aws_vpc_security_group_egress_rule.restricted) == 0
    error_message = "out is open by default"
  }
}

run "what_was_not_asked_for_is_not_made" {
  command = plan

  assert {
    condition     = length(aws_appautoscaling_target.this) + length(aws_appautoscaling_policy.this) + length(aws_service_discovery_service.peers) + length(aws_iam_role.data) + length(aws_ecr_repository.this) == 0
    error_message = "autoscaling, peers, data role and repository are off by default"
  }
  assert {
    condition     = toset(keys(aws_cloudwatch_metric_alarm.this)) == toset(["down", "errors", "memory", "slow", "unhealthy"]) && alltrue([for alarm in aws_cloudwatch_metric_alarm.this : length(alarm.alarm_actions) == 0])
    error_message = "five alarms, which tell nobody by default"
  }
  assert {
    condition     = length(aws_cloudwatch_dashboard.this) == 1
    error_message = "there is a dashboard"
  }
}

run "without_an_image_what_is_deployed_stays" {
  command = plan

  variables {
    container_image = null
  }

  assert {
    condition     = endswith(jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image, ":1.0.0@sha256:1111111111111111111111111111111111111111111111111111111111111111")
    error_message = "the image of the parameter"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value }.MCP_SERVER_VERSION == "1.0.0" && aws_ssm_parameter.image.insecure_value == jsondecode(aws_ecs_task_definition.this.container_definitions)[0].image
    error_message = "the version is that of the image, and the parameter keeps it"
  }
}

run "long_names_of_stacks_end_in_no_hyphen" {
  command = plan

  variables {
    stack_name = "sales-production-west-1"
  }

  assert {
    condition     = length(aws_lb_target_group.this.name) <= 32 && !endswith(aws_lb_target_group.this.name, "-")
    error_message = "target group: ${aws_lb_target_group.this.name}"
  }
}
