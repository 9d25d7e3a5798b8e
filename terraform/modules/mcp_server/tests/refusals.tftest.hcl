# What is refused, and what is warned of.

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

run "wrong_names_of_places_are_refused" {
  command = plan

  variables {
    aws_region             = "Virginia"
    stack_name             = "sales-prod-"
    environment            = "Production"
    cluster_name           = "arn:aws:ecs:us-east-1:123456789012:cluster/sales-prod"
    vpc_id                 = "sales"
    private_subnet_ids     = ["subnet-0123456789abcdef0", "here"]
    alb_listener_arn       = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/net/x/0123456789abcdef/0123456789abcdef"
    alb_security_group_ids = ["0.0.0.0/0"]
    host_names             = ["https://demo.quiltdata.com"]
    listener_rule_priority = 50001
    parameter_prefix       = "/quilt/mcp-server/"
    task_family            = "quilt mcp"
    catalog_url            = "http://demo.quiltdata.com"
    registry_url           = "https://demo.quiltdata.com/registry"
    server_name            = ""
    log_level              = "LOUD"
    jwt_kid                = "a b"
    tags                   = { "aws:owner" = "x" }
    state_secret_arn       = "hunter2"
    task_role_policy_json  = "allow"
  }

  expect_failures = [
    var.aws_region, var.stack_name, var.environment, var.cluster_name, var.vpc_id, var.private_subnet_ids,
    var.alb_listener_arn, var.alb_security_group_ids, var.host_names, var.listener_rule_priority,
    var.parameter_prefix, var.task_family, var.catalog_url, var.registry_url, var.server_name, var.log_level,
    var.jwt_kid, var.tags, var.state_secret_arn, var.task_role_policy_json,
  ]
}

run "wrong_sizes_are_refused" {
  command = plan

  variables {
    cpu                        = 300
    cpu_architecture           = "amd64"
    desired_count              = -1
    deployment_maximum_percent = 100
    spot                       = { on_demand_tasks = -1 }
    ecr_repository_name        = "Quilt"
    ecr_kms_key_arn            = "alias/x"
    ecr_kept_images            = 1
    deregistration_delay       = 120
    slow_start                 = 10
    log_retention_days         = 31
    log_kms_key_arn            = "alias/x"
    alarms                     = { topic_arns = ["ops"] }
    autoscaling                = { min_tasks = 5, max_tasks = 4 }
    peers                      = { namespace_name = "MCP internal" }
    oauth                      = { issuer = "http://login.example.com", public_url = "https://demo.quiltdata.com/mcp" }
    data_role                  = {}
    allowed_role_arns          = ["arn:aws:iam::123456789012:role/*"]
  }

  expect_failures = [
    var.cpu, var.cpu_architecture, var.desired_count, var.deployment_maximum_percent, var.spot, var.ecr_repository_name, var.ecr_kms_key_arn,
    var.ecr_kept_images, var.deregistration_delay, var.slow_start, var.log_retention_days, var.log_kms_key_arn,
    var.alarms, var.autoscaling, var.peers, var.oauth, var.data_role, var.allowed_role_arns,
  ]
}

run "wrong_references_are_refused" {
  command = plan

  variables {
    container_image       = "quilt-mcp-server"
    jwt_secret_arn        = "hunter2"
    secret_kms_key_arns   = ["arn:aws:kms:us-east-1:123456789012:alias/x"]
    task_role_arn         = "ecsTaskRole"
    execution_role_arn    = "ecsTaskExecutionRole"
    secret_variables      = { OTHER = "hunter2" }
    environment_variables = { quilt_read_only = "true" }
    data_role             = { read_buckets = ["team-*"] }
    autoscaling           = { cpu_percent = 99 }
    alarms                = { error_percent = 0 }
  }

  expect_failures = [
    var.container_image, var.jwt_secret_arn, var.secret_kms_key_arns, var.task_role_arn, var.execution_role_arn,
    var.secret_variables, var.environment_variables, var.data_role, var.autoscaling, var.alarms,
  ]
}

run "secrets_do_not_go_where_everybody_sees_them" {
  command = plan

  variables {
    environment_variables = { MCP_ENHANCED_JWT_SECRET = "development-enhanced-jwt-secret" }
    secret_variables      = { MCP_STATE_SECRET = "arn:aws:ssm:us-east-1:123456789012:parameter/other" }
    jwt_secret_arn        = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/state-secret"
    container_image       = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:latest"
    data_role             = { read_buckets = ["a-bucket"], kms_key_arns = ["alias/x"] }
    task_role_arn         = "arn:aws:iam::123456789012:role/ecsTaskRole"
    task_role_policy_json = "{\"Statement\": []}"
    alarms                = { response_seconds = 0 }
  }

  expect_failures = [
    var.environment_variables, var.secret_variables, var.state_secret_arn, var.container_image, var.data_role,
    var.task_role_policy_json, var.alarms,
  ]
}

run "settings_of_the_jvm_belong_to_the_image" {
  command = plan

  variables {
    environment_variables = { JAVA_TOOL_OPTIONS = "-Xmx4g" }
    state_secret_arn      = null
    peers                 = {}
    desired_count         = 1.5
  }

  expect_failures = [var.environment_variables, var.peers, var.desired_count]
}

run "fargate_has_no_such_task" {
  command = plan

  variables {
    cpu    = 256
    memory = 4096
  }

  expect_failures = [var.memory]
}

run "fargate_has_no_such_large_task" {
  command = plan

  variables {
    cpu    = 8192
    memory = 17408
  }

  expect_failures = [var.memory]
}

run "fargate_has_such_a_task" {
  command = plan

  variables {
    cpu    = 16384
    memory = 122880
  }

  assert {
    condition     = aws_ecs_task_definition.this.memory == "122880"
    error_message = "the largest task"
  }
}

run "a_setting_with_a_variable_of_its_own_is_refused" {
  command = plan

  variables {
    environment_variables = { FASTMCP_PORT = "9000" }
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "an_image_that_the_role_cannot_pull_is_refused" {
  command = plan

  variables {
    ecr_repository_name = "quilt/mcp"
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "an_image_of_another_account_is_refused" {
  command = plan

  variables {
    container_image = "210987654321.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "a_role_that_is_brought_along_may_pull_what_it_likes" {
  command = plan

  variables {
    container_image    = "210987654321.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
    execution_role_arn = "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
  }

  assert {
    condition     = aws_ecs_task_definition.this.execution_role_arn == "arn:aws:iam::123456789012:role/ecsTaskExecutionRole"
    error_message = "the role that was named"
  }
}

run "a_balancer_of_another_region_is_refused" {
  command = plan

  variables {
    aws_region      = "eu-west-1"
    container_image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/quilt-mcp-server:1.2.3@sha256:2222222222222222222222222222222222222222222222222222222222222222"
  }

  expect_failures = [aws_lb_listener_rule.this]
}

run "too_many_host_names_are_refused" {
  command = plan

  variables {
    host_names = ["a.example.com", "b.example.com", "c.example.com", "d.example.com"]
  }

  expect_failures = [aws_lb_listener_rule.this]
}

run "a_rollback_needs_its_alarm" {
  command = plan

  variables {
    alarms            = null
    rollback_on_alarm = true
  }

  expect_failures = [aws_ecs_service.this]
}

run "a_parameter_without_a_version_is_refused" {
  command = plan

  variables {
    container_image = null
  }

  override_data {
    target = data.aws_ssm_parameter.image[0]
    values = { insecure_value = "quilt-mcp-server" }
  }

  expect_failures = [aws_ecs_task_definition.this, check.image_is_named_by_digest]
}

run "one_task_in_one_zone_is_warned_of" {
  command = plan

  variables {
    desired_count      = 1
    private_subnet_ids = ["subnet-0123456789abcdef0"]
    container_image    = "123456789012.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:1.2.3"
  }

  expect_failures = [check.more_than_one_task, check.more_than_one_zone, check.image_is_named_by_digest]
}

run "more_replicas_than_find_each_other_are_warned_of" {
  command = plan

  variables {
    peers       = {}
    autoscaling = { max_tasks = 33 }
  }

  expect_failures = [check.replicas_find_each_other]
}

run "halves_of_tasks_and_names_that_do_not_fit_are_refused" {
  command = plan

  variables {
    autoscaling       = { min_tasks = 1.5 }
    spot              = { on_demand_tasks = 0.5 }
    target_group_name = "-mcp"
    log_group_name    = "aws/mcp server"
    oauth             = { issuer = "https://login.example.com", public_url = "https://elsewhere.example.com/mcp" }
    state_secret_arn  = "arn:aws:ssm:us-east-1:123456789012:parameter/quilt/mcp-server/jwt-secret"
  }

  expect_failures = [
    var.autoscaling, var.spot, var.target_group_name, var.log_group_name, var.oauth, var.state_secret_arn,
  ]
}

run "a_member_of_a_secret_is_nothing_that_the_server_can_read" {
  command = plan

  variables {
    jwt_secret_read_by_server = true
    jwt_secret_arn            = "arn:aws:secretsmanager:us-east-1:123456789012:secret:mcp-AbCdEf:jwt::"
  }

  expect_failures = [var.jwt_secret_arn]
}

run "secret_variables_leave_settings_alone" {
  command = plan

  variables {
    secret_variables = { LOG_LEVEL = "arn:aws:ssm:us-east-1:123456789012:parameter/log-level" }
  }

  expect_failures = [aws_ecs_task_definition.this]
}

run "what_a_policy_does_not_name_is_warned_of" {
  command = plan

  variables {
    task_role_policy_json = "{\"Statement\": {\"Effect\": \"Allow\", \"NotAction\": \"iam:PassRole\", \"Resource\": \"arn:aws:s3:::a-bucket\"}}"
  }

  expect_failures = [check.no_wildcard_in_the_task_role]
}

run "an_update_needs_room_for_one_more_task" {
  command = plan

  variables {
    desired_count              = 9
    deployment_maximum_percent = 110
  }

  expect_failures = [aws_ecs_service.this]
}

run "replicas_without_a_common_secret_are_warned_of" {
  command = plan

  variables {
    state_secret_arn = null
  }

  expect_failures = [check.replicas_share_a_secret]
}

run "wildcards_of_the_task_role_are_warned_of" {
  command = plan

  variables {
    task_role_policy_json = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"s3:*\"], \"Resource\": \"arn:aws:s3:::a-bucket\"}}"
  }

  expect_failures = [check.no_wildcard_in_the_task_role]
}

run "a_narrow_policy_of_the_task_role_is_not" {
  command = plan

  variables {
    task_role_policy_json = "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::a-bucket/*\"}}"
  }

  assert {
    condition     = one(aws_iam_role_policy.task_more).policy == var.task_role_policy_json
    error_message = "the role gets it"
  }
}
