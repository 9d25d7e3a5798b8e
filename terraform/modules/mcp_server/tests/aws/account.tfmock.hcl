# What the tests take for AWS. Only what the provider would refuse as random text is given.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "123456789012"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}

mock_data "aws_ssm_parameter" {
  defaults = {
    insecure_value = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.0.0@sha256:1111111111111111111111111111111111111111111111111111111111111111"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::123456789012:role/made"
  }
}

mock_resource "aws_lb_target_group" {
  defaults = {
    arn        = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/sales-prod-mcp-server-tg/0123456789abcdef"
    arn_suffix = "targetgroup/sales-prod-mcp-server-tg/0123456789abcdef"
  }
}

mock_resource "aws_ecs_task_definition" {
  defaults = {
    arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/quilt-mcp-server:1"
  }
}

mock_resource "aws_service_discovery_service" {
  defaults = {
    arn = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef"
  }
}

mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = {
    arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:made"
  }
}
