# The service as documented, in a stack that exists.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "container_image" {
  description = "The image to deploy; null leaves what is deployed. The first apply needs it."
  type        = string
  default     = null
}

module "mcp_server" {
  source = "../../modules/mcp_server"

  container_image = var.container_image

  vpc_id                 = "vpc-0123456789abcdef0"
  private_subnet_ids     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  alb_listener_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/sales-prod/0123456789abcdef/0123456789abcdef"
  alb_security_group_ids = ["sg-0123456789abcdef0"]

  # Roles that exist; without these two lines, roles with less rights are made.
  task_role_arn      = "arn:aws:iam::123456789012:role/ecsTaskRole"
  execution_role_arn = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
}

output "mcp_url" {
  description = "Where clients find the server."
  value       = module.mcp_server.mcp_url
}
