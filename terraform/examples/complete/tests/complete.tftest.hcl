# The example can be made as a whole.

mock_provider "aws" {
  source = "../../modules/mcp_server/tests/aws"

  mock_resource "aws_lb_listener" {
    defaults = {
      arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/quilt/0123456789abcdef/fedcba9876543210"
    }
  }
  mock_resource "aws_lb" {
    defaults = {
      arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/quilt/0123456789abcdef"
    }
  }
  mock_resource "aws_wafv2_web_acl" {
    defaults = {
      arn = "arn:aws:wafv2:us-east-1:123456789012:regional/webacl/quilt/1"
    }
  }
  mock_resource "aws_sns_topic" {
    defaults = {
      arn = "arn:aws:sns:us-east-1:123456789012:quilt-mcp-alarms"
    }
  }
  mock_resource "aws_vpc" {
    defaults = {
      id = "vpc-0123456789abcdef0"
    }
  }
  mock_resource "aws_subnet" {
    defaults = {
      id = "subnet-0123456789abcdef0"
    }
  }
  mock_resource "aws_security_group" {
    defaults = {
      id = "sg-0123456789abcdef0"
    }
  }
}

run "the_example_is_made" {
  command = apply

  variables {
    container_image  = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    certificate_arn  = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
    data_buckets     = ["team-data"]
    state_secret_arn = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"
  }

  assert {
    condition     = output.mcp_url == "https://demo.quiltdata.com/mcp"
    error_message = output.mcp_url
  }
}
