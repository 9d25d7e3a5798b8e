# Who may do what.

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

run "the_execution_role_pulls_logs_and_reads_the_secrets" {
  command = plan

  variables {
    jwt_secret_arn      = "arn:aws:secretsmanager:us-east-1:123456789012:secret:jwt-AbCdEf:current::"
    secret_kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/1"]
  }

  assert {
    condition = { for one in jsondecode(aws_iam_role_policy.execution[0].policy).Statement : join(",", flatten([one.Action])) => flatten([one.Resource]) } == {
      "ecr:GetAuthorizationToken"                                                    = ["*"]
      "ecr:BatchCheckLayerAvailability,ecr:BatchGetImage,ecr:GetDownloadUrlForLayer" = ["arn:aws:ecr:us-east-1:123456789012:repository/quilt-mcp-server"]
      "logs:CreateLogStream,logs:PutLogEvents"                                       = ["arn:aws:logs:us-east-1:123456789012:log-group:/ecs/mcp-server-production:log-stream:*"]
      "ssm:GetParameters"                                                            = ["arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"]
      "secretsmanager:GetSecretValue"                                                = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:jwt-AbCdEf"]
      "kms:Decrypt"                                                                  = ["arn:aws:kms:us-east-1:123456789012:key/1"]
    }
    error_message = aws_iam_role_policy.execution[0].policy
  }
}

run "the_task_role_may_do_nothing_by_default" {
  command = plan

  assert {
    condition     = length(aws_iam_role_policy.task) == 0 && length(aws_iam_role_policy.task_more) == 0 && output.task_role_policy == null
    error_message = "nothing was asked for"
  }
}

run "the_task_role_assumes_the_data_role_and_nothing_else" {
  command = plan

  variables {
    data_role = { read_buckets = ["open-data"], write_buckets = ["team-data"] }
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.task[0].policy).Statement == [{
      Effect   = "Allow"
      Action   = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Resource = ["arn:aws:iam::123456789012:role/sales-prod-mcp-server-production-data"]
    }]
    error_message = aws_iam_role_policy.task[0].policy
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value }.MCP_DATA_ROLE_ARN == "arn:aws:iam::123456789012:role/sales-prod-mcp-server-production-data"
    error_message = "the server is told of it"
  }
}

run "the_data_role_reaches_the_named_buckets" {
  command = plan

  variables {
    data_role = {
      read_buckets  = ["open-data"]
      write_buckets = ["team-data"]
      kms_key_arns  = ["arn:aws:kms:us-east-1:123456789012:key/2"]
    }
  }

  assert {
    condition = { for one in jsondecode(aws_iam_role_policy.data[0].policy).Statement : join(",", one.Action) => one.Resource } == {
      "s3:ListAllMyBuckets"                                                                   = ["*"]
      "s3:GetBucketLocation,s3:ListBucket"                                                    = ["arn:aws:s3:::open-data", "arn:aws:s3:::team-data"]
      "s3:GetObject,s3:GetObjectAttributes,s3:GetObjectVersion,s3:GetObjectVersionAttributes" = ["arn:aws:s3:::open-data/*", "arn:aws:s3:::team-data/*"]
      "s3:AbortMultipartUpload,s3:PutObject"                                                  = ["arn:aws:s3:::team-data/*"]
      "s3:DeleteObject"                                                                       = ["arn:aws:s3:::team-data/.quilt/*"]
      "kms:Decrypt,kms:GenerateDataKey"                                                       = ["arn:aws:kms:us-east-1:123456789012:key/2"]
    }
    error_message = aws_iam_role_policy.data[0].policy
  }
  assert {
    condition     = [for one in jsondecode(aws_iam_role_policy.data[0].policy).Statement : one.Condition if startswith(one.Action[0], "kms:")] == [{ StringLike = { "kms:ViaService" = "s3.*.amazonaws.com" } }]
    error_message = "keys by way of S3 only"
  }
}

run "a_data_role_that_only_reads_cannot_write" {
  command = plan

  variables {
    data_role = { read_buckets = ["open-data"], kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/2"] }
  }

  assert {
    condition     = !can(regex("Put|Delete|Abort|GenerateDataKey", aws_iam_role_policy.data[0].policy))
    error_message = aws_iam_role_policy.data[0].policy
  }
}

run "only_the_server_assumes_the_data_role_and_only_for_somebody" {
  # What a role trusts is not known before the role is there.
  command = apply

  variables {
    data_role = { read_buckets = ["open-data"] }
  }

  assert {
    condition = jsondecode(aws_iam_role.data[0].assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::123456789012:role/made" }
      Action    = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Condition = { StringLike = { "sts:SourceIdentity" = "?*" } }
    }]
    error_message = aws_iam_role.data[0].assume_role_policy
  }
}

run "only_tasks_of_this_account_get_the_roles" {
  command = plan

  assert {
    condition = alltrue([for role in [aws_iam_role.task[0], aws_iam_role.execution[0]] : jsondecode(role.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        ArnLike      = { "aws:SourceArn" = "arn:aws:ecs:us-east-1:123456789012:*" }
        StringEquals = { "aws:SourceAccount" = "123456789012" }
      }
    }]])
    error_message = aws_iam_role.task[0].assume_role_policy
  }
}

run "the_server_reads_the_secret_itself_when_told_to" {
  command = plan

  variables {
    jwt_secret_read_by_server = true
    secret_kms_key_arns       = ["arn:aws:kms:us-east-1:123456789012:key/1"]
  }

  assert {
    condition = { for one in jsondecode(aws_iam_role_policy.task[0].policy).Statement : join(",", one.Action) => one.Resource } == {
      "ssm:GetParameter" = ["arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/jwt-secret"]
      "kms:Decrypt"      = ["arn:aws:kms:us-east-1:123456789012:key/1"]
    }
    error_message = aws_iam_role_policy.task[0].policy
  }
  assert {
    condition     = !strcontains(aws_iam_role_policy.execution[0].policy, "jwt-secret") && [for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].secrets : one.name] == ["MCP_STATE_SECRET"]
    error_message = "ECS does not read it then"
  }
  assert {
    condition     = { for one in jsondecode(aws_ecs_task_definition.this.container_definitions)[0].environment : one.name => one.value }.MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER == "/quilt/mcp-server/jwt-secret"
    error_message = "the server is told where it is"
  }
}

run "roles_that_exist_are_taken_and_their_needs_told" {
  command = plan

  variables {
    task_role_arn      = "arn:aws:iam::123456789012:role/ecsTaskRole"
    execution_role_arn = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
    allowed_role_arns  = ["arn:aws:iam::123456789012:role/reader"]
  }

  assert {
    condition     = length(aws_iam_role.task) + length(aws_iam_role.execution) + length(aws_iam_role_policy.task) + length(aws_iam_role_policy.execution) == 0
    error_message = "no role is made"
  }
  assert {
    condition     = aws_ecs_task_definition.this.task_role_arn == "arn:aws:iam::123456789012:role/ecsTaskRole" && aws_ecs_task_definition.this.execution_role_arn == "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
    error_message = "the documented roles"
  }
  assert {
    condition     = jsondecode(output.task_role_policy).Statement[0].Resource == ["arn:aws:iam::123456789012:role/reader"] && strcontains(output.execution_role_policy, "logs:PutLogEvents")
    error_message = "what they need is told"
  }
}

run "shells_need_four_actions_and_are_warned_of" {
  command = plan

  variables {
    enable_execute_command = true
  }

  assert {
    condition     = !jsondecode(aws_ecs_task_definition.this.container_definitions)[0].readonlyRootFilesystem
    error_message = "the agent of ECS writes"
  }

  expect_failures = [check.no_shells_in_tasks]
}
