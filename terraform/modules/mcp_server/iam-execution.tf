# The execution role is that of ECS, before the server starts: pull the image, open the log, read secrets.

locals {
  has_execution_role = var.execution_role_arn == null
  execution_role_arn = local.has_execution_role ? aws_iam_role.execution[0].arn : var.execution_role_arn

  ecr_repository_arn = "arn:${local.partition}:ecr:${var.aws_region}:${local.account}:repository/${var.ecr_repository_name}"

  # Only tasks of this account and region get these roles.
  task_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "${local.arn_of_ecs}:*" }
      }
    }]
  })

  # Without the JSON key, stage and version that may follow the ARN of a secret.
  secret_arns = distinct([for place in values(local.secrets) :
    strcontains(place, ":secretsmanager:") ? join(":", slice(split(":", place), 0, 7)) : place
  ])

  read_secrets = [for right in [
    {
      action    = "ssm:GetParameters"
      resources = [for arn in local.secret_arns : arn if strcontains(arn, ":ssm:")]
    },
    {
      action    = "secretsmanager:GetSecretValue"
      resources = [for arn in local.secret_arns : arn if strcontains(arn, ":secretsmanager:")]
    },
    { action = "kms:Decrypt", resources = length(local.secret_arns) == 0 ? [] : var.secret_kms_key_arns },
    ] : {
    Effect   = "Allow"
    Action   = right.action
    Resource = right.resources
  } if length(right.resources) > 0]

  execution_policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        # There is nothing narrower for this action.
        { Effect = "Allow", Action = "ecr:GetAuthorizationToken", Resource = "*" },
        {
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = local.ecr_repository_arn
        },
        {
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = "arn:${local.partition}:logs:${var.aws_region}:${local.account}:log-group:${local.log_group}:log-stream:*"
        },
      ],
      local.read_secrets,
    )
  })
}

resource "aws_iam_role" "execution" {
  count = local.has_execution_role ? 1 : 0

  name               = "${local.service}-execution"
  description        = "Starts tasks of ${local.service}"
  assume_role_policy = local.task_trust
  tags               = local.tags
}

resource "aws_iam_role_policy" "execution" {
  count = local.has_execution_role ? 1 : 0

  name   = "start"
  role   = aws_iam_role.execution[0].id
  policy = local.execution_policy
}
