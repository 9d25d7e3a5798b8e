# The role that the server assumes for callers who bring neither credentials nor a role. Each session is
# narrowed to the buckets of one call, and carries the caller's name.

locals {
  has_data_role  = var.data_role != null
  data_role_name = "${local.service}-data"
  # By name, so that task role and data role can name each other.
  data_role_arn = "arn:${local.partition}:iam::${local.account}:role/${local.data_role_name}"

  data_role     = var.data_role == null ? { read_buckets = [], write_buckets = [], kms_key_arns = [] } : var.data_role
  written       = [for bucket in local.data_role.write_buckets : "arn:${local.partition}:s3:::${bucket}"]
  readable      = distinct(concat([for bucket in local.data_role.read_buckets : "arn:${local.partition}:s3:::${bucket}"], local.written))
  via_s3        = { StringLike = { "kms:ViaService" = "s3.*.${data.aws_partition.current.dns_suffix}" } }
  has_data_keys = length(local.data_role.kms_key_arns) > 0

  data_statements = [for statement in concat(
    [
      # There is nothing narrower for this action; it names buckets and opens none.
      { Action = ["s3:ListAllMyBuckets"], Resource = ["*"], Condition = {} },
      { Action = ["s3:GetBucketLocation", "s3:ListBucket"], Resource = local.readable, Condition = {} },
      {
        Action    = ["s3:GetObject", "s3:GetObjectAttributes", "s3:GetObjectVersion", "s3:GetObjectVersionAttributes"]
        Resource  = [for arn in local.readable : "${arn}/*"]
        Condition = {}
      },
      {
        Action    = ["s3:AbortMultipartUpload", "s3:PutObject"]
        Resource  = [for arn in local.written : "${arn}/*"]
        Condition = {}
      },
      # Pointers of packages; objects are never deleted.
      { Action = ["s3:DeleteObject"], Resource = [for arn in local.written : "${arn}/.quilt/*"], Condition = {} },
    ],
    local.has_data_keys ? [{
      Action    = concat(["kms:Decrypt"], length(local.written) > 0 ? ["kms:GenerateDataKey"] : [])
      Resource  = local.data_role.kms_key_arns
      Condition = local.via_s3
    }] : [],
  ) : merge({ Effect = "Allow" }, { for name, value in statement : name => value if length(value) > 0 }) if length(statement.Resource) > 0]
}

resource "aws_iam_role" "data" {
  count = local.has_data_role ? 1 : 0

  name        = local.data_role_name
  description = "Data of callers of ${local.service}, narrowed to each call"

  # Nobody but the server, and only with the name of a caller.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = local.task_role_arn }
      Action    = ["sts:AssumeRole", "sts:SetSourceIdentity"]
      Condition = { StringLike = { "sts:SourceIdentity" = "?*" } }
    }]
  })
  tags = local.tags
}

resource "aws_iam_role_policy" "data" {
  count = local.has_data_role ? 1 : 0

  name   = "buckets"
  role   = aws_iam_role.data[0].id
  policy = jsonencode({ Version = "2012-10-17", Statement = local.data_statements })
}
