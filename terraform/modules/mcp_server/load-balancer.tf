# The balancer and its HTTPS listener exist; a rule and a target group are added to them.

locals {
  # The balancer passes the path on as it is; /mcp/* does not match /mcp.
  paths = concat(["/mcp", "/mcp/*"], local.has_oauth ? ["/.well-known/oauth-protected-resource*"] : [])
}

resource "aws_lb_target_group" "this" {
  # At most 32 characters, and no hyphen at the end.
  name                 = var.target_group_name != null ? var.target_group_name : trimsuffix(substr("${var.stack_name}-mcp-server-tg", 0, 32), "-")
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "HTTP"
  port                 = local.port
  deregistration_delay = var.deregistration_delay
  slow_start           = var.slow_start

  # Asked of the task itself, not through the rule.
  health_check {
    protocol            = "HTTP"
    path                = "/healthz"
    matcher             = "200"
    interval            = 30
    timeout             = 6
    healthy_threshold   = 2
    unhealthy_threshold = 3
  }

  # What belongs together travels with the client: any task serves any request.
  stickiness {
    type    = "lb_cookie"
    enabled = false
  }

  tags = local.tags
}

resource "aws_lb_listener_rule" "this" {
  listener_arn = var.alb_listener_arn
  priority     = var.listener_rule_priority

  condition {
    host_header {
      values = var.host_names
    }
  }

  condition {
    path_pattern {
      values = local.paths
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = split(":", var.alb_listener_arn)[3] == var.aws_region
      error_message = "alb_listener_arn names a listener of ${split(":", var.alb_listener_arn)[3]}, and aws_region is ${var.aws_region}: a balancer reaches tasks of its own region alone."
    }
    precondition {
      condition     = length(var.host_names) + length(local.paths) <= 5
      error_message = "A rule takes 5 values: ${length(local.paths)} are paths, so host_names may have ${5 - length(local.paths)}."
    }
  }
}
