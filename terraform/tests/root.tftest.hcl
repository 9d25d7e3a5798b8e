# The stack hands everything to the module.

mock_provider "aws" {
  source = "./modules/mcp_server/tests/aws"
}

variables {
  container_image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  vpc_id                 = "vpc-0123456789abcdef0"
  private_subnet_ids     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  alb_listener_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/sales-prod/0123456789abcdef/fedcba9876543210"
  alb_security_group_ids = ["sg-0123456789abcdef0"]
  desired_count          = 2
  state_secret_arn       = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"
}

run "the_stack_is_the_documented_one" {
  command = plan

  assert {
    condition = [output.service_name, output.cluster_name, output.task_definition_family, output.log_group_name, output.image_parameter_name, output.mcp_url] == [
      "sales-prod-mcp-server-production", "sales-prod", "quilt-mcp-server", "/ecs/mcp-server-production", "/quilt/mcp-server/image", "https://demo.quiltdata.com/mcp"
    ]
    error_message = "${output.service_name} ${output.cluster_name} ${output.task_definition_family} ${output.log_group_name} ${output.image_parameter_name} ${output.mcp_url}"
  }
}

run "a_stack_with_everything_is_made" {
  command = apply

  variables {
    stack_name            = "quilt"
    environment           = "staging"
    parameter_prefix      = "/quilt/mcp-server-staging"
    peers                 = {}
    autoscaling           = {}
    data_role             = { write_buckets = ["team-data"] }
    oauth                 = { issuer = "https://login.example.com", public_url = "https://mcp.example.com/mcp" }
    host_names            = ["mcp.example.com"]
    create_ecr_repository = true
  }

  assert {
    condition     = output.service_name == "quilt-mcp-server-staging" && output.peer_name == "mcp-server.mcp.internal" && output.image_parameter_name == "/quilt/mcp-server-staging/image" && output.mcp_url == "https://mcp.example.com/mcp"
    error_message = output.service_name
  }
}
