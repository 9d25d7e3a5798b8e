# Credentials are those that AWS tools find: AWS_PROFILE, SSO, the role of a CI service.
# The state belongs into a bucket of yours: a file backend.tf beside this one, or -backend-config.

provider "aws" {
  region = var.aws_region
}
