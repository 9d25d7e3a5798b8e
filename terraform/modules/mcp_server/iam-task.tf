# The task role is that of the server itself. It reaches no data: for each call the server assumes another
# role, narrowed to that call and named after the caller.

locals {
  has_task_role = var.task_role_arn == null
  task_role_arn = local.has_task_role ? aws_iam_role.task[0].arn : var.task_role_arn

  jwt_by_server  = var.jwt_secret_read_by_server
  jwt_secret_arn = var.jwt_secret_arn != null ? var.jwt_secret_arn : "arn:${local.partition}:ssm:${var.aws_region}:${local.account}:parameter/quilt/mcp-server/jwt-secret"

  # As the server wants it: the name of a parameter, or the ARN of a secret.
  jwt_place = strcontains(local.jwt_secret_arn, ":ssm:") ? replace(local.jwt_secret_arn, "/^.*:parameter/", "") : local.jwt_secret_arn

  assumed_role_arns = concat(local.has_data_role ? [local.data_role_arn] : [], var.allowed_role_arns)

  task_statements = concat(
    length(local.assumed_role_arns) == 0 ? [] : [{
      Effect   = "Allow"
      Action   = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Resource = local.assumed_role_arns
    }],
    local.jwt_by_server ? [{
      Effect   = "Allow"
      Action   = [strcontains(local.jwt_secret_arn, ":ssm:") ? "ssm:GetParameter" : "secretsmanager:GetSecretValue"]
      Resource = [local.jwt_secret_arn]
    }] : [],
    local.jwt_by_server && length(var.secret_kms_key_arns) > 0 ? [{
      Effect   = "Allow"
      Action   = ["kms:Decrypt"]
      Resource = var.secret_kms_key_arns
    }] : [],
    # Shells in tasks; these actions have no resources.
    var.enable_execute_command ? [{
      Effect = "Allow"
      Action = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ]
      Resource = ["*"]
    }] : [],
  )

  task_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.task_statements
  })
}

resource "aws_iam_role" "task" {
  count = local.has_task_role ? 1 : 0

  name               = "${local.service}-task"
  description        = "The server of ${local.service}"
  assume_role_policy = local.task_trust
  tags               = local.tags
}

resource "aws_iam_role_policy" "task" {
  count = local.has_task_role && length(local.task_statements) > 0 ? 1 : 0

  name   = "serve"
  role   = aws_iam_role.task[0].id
  policy = local.task_policy
}

resource "aws_iam_role_policy" "task_more" {
  count = local.has_task_role && var.task_role_policy_json != null ? 1 : 0

  name   = "more"
  role   = aws_iam_role.task[0].id
  policy = var.task_role_policy_json
}
