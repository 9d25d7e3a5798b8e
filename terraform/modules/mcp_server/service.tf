locals {
  # How few tasks run, unless somebody changes their number by hand.
  least_tasks = var.autoscaling == null ? var.desired_count : var.autoscaling.min_tasks
}

resource "aws_ecs_service" "this" {
  name            = local.service
  cluster         = local.cluster_arn
  task_definition = aws_ecs_task_definition.this.arn
  desired_count   = local.least_tasks

  # Chosen when the service is made: a change of it replaces the service.
  launch_type      = var.spot == null ? "FARGATE" : null
  platform_version = "LATEST"

  dynamic "capacity_provider_strategy" {
    for_each = var.spot == null ? {} : {
      FARGATE      = { base = var.spot.on_demand_tasks, weight = 0 }
      FARGATE_SPOT = { base = 0, weight = 1 }
    }
    content {
      capacity_provider = capacity_provider_strategy.key
      base              = capacity_provider_strategy.value.base
      weight            = capacity_provider_strategy.value.weight
    }
  }

  # New tasks first, then the old ones go.
  deployment_minimum_healthy_percent = 100
  deployment_maximum_percent         = var.deployment_maximum_percent
  health_check_grace_period_seconds  = 60
  wait_for_steady_state              = var.wait_for_steady_state
  availability_zone_rebalancing      = "ENABLED"

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  # There also while it is off: an update that only leaves it out does not turn it off.
  dynamic "alarms" {
    for_each = local.has_alarms ? [local.alarm_names.errors] : []
    content {
      alarm_names = [alarms.value]
      enable      = var.rollback_on_alarm
      rollback    = var.rollback_on_alarm
    }
  }

  network_configuration {
    subnets          = var.private_subnet_ids
    security_groups  = [aws_security_group.this.id]
    assign_public_ip = false
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.this.arn
    container_name   = local.container
    container_port   = local.port
  }

  dynamic "service_registries" {
    for_each = aws_service_discovery_service.peers
    content {
      registry_arn = service_registries.value.arn
    }
  }

  enable_execute_command  = var.enable_execute_command
  enable_ecs_managed_tags = true
  propagate_tags          = "SERVICE"
  tags                    = local.tags

  # Tasks need both from their first second; when all is destroyed, they go last.
  depends_on = [
    aws_lb_listener_rule.this,
    aws_iam_role_policy.execution,
    aws_iam_role_policy.task,
    aws_iam_role_policy.task_more,
    aws_iam_role_policy.data,
    aws_cloudwatch_metric_alarm.this,
  ]

  lifecycle {
    # Autoscaling and people change it while the service runs; an apply must not take that back.
    ignore_changes = [desired_count]

    precondition {
      condition     = !var.rollback_on_alarm || var.alarms != null
      error_message = "rollback_on_alarm watches the alarm of server errors. Set alarms, or leave rollback_on_alarm false."
    }
    # The provider waits until the service is steady, which it also is when ECS went back. Without this, the
    # parameter would say that the image is deployed, and the next apply would try it again.
    postcondition {
      condition     = self.task_definition == aws_ecs_task_definition.this.arn
      error_message = "ECS took the change back: the tasks of ${aws_ecs_task_definition.this.arn} did not become healthy, and those before serve. bin/deploy-cli status tells why. An apply without container_image goes on with the image that serves."
    }
    precondition {
      condition     = local.least_tasks == 0 || floor(local.least_tasks * var.deployment_maximum_percent / 100) > local.least_tasks
      error_message = "With ${local.least_tasks} tasks, deployment_maximum_percent = ${var.deployment_maximum_percent} leaves no room for one more, so no update could begin. Leave it at 200, or run more tasks."
    }
  }
}
