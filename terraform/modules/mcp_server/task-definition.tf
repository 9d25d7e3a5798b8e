# Who else registers revisions is deploy-cli: it changes the image and MCP_SERVER_VERSION and nothing else.

locals {
  settings = merge(
    {
      AWS_DEFAULT_REGION   = var.aws_region
      AWS_REGION           = var.aws_region
      FASTMCP_ADDR         = "0.0.0.0"
      FASTMCP_PORT         = tostring(local.port)
      FASTMCP_TRANSPORT    = "streamable-http"
      LOG_LEVEL            = var.log_level
      MCP_ENHANCED_JWT_KID = var.jwt_kid
      MCP_SERVER_NAME      = var.server_name
      MCP_SERVER_VERSION   = local.image_version
      QUILT_CATALOG_URL    = var.catalog_url
      QUILT_REGISTRY_URL   = var.registry_url
    },
    local.jwt_by_server ? { MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER = local.jwt_place } : {},
    length(var.allowed_role_arns) == 0 ? {} : { MCP_ALLOWED_ROLE_ARNS = join(",", var.allowed_role_arns) },
    local.has_data_role ? { MCP_DATA_ROLE_ARN = local.data_role_arn } : {},
    var.trust_forwarded_for ? { FASTMCP_FORWARDED_ALLOW_IPS = "*" } : {},
    local.has_peers ? {
      MCP_PEERS     = "dns:${local.peer_name}"
      MCP_PEER_PORT = tostring(local.peer_port)
    } : {},
    local.has_oauth ? {
      MCP_OAUTH_ISSUER = var.oauth.issuer
      MCP_PUBLIC_URL   = var.oauth.public_url
    } : {},
  )

  # Names and where their values are; never the values.
  secrets = merge(
    local.jwt_by_server ? {} : { MCP_ENHANCED_JWT_SECRET = local.jwt_secret_arn },
    var.state_secret_arn == null ? {} : { MCP_STATE_SECRET = var.state_secret_arn },
    var.secret_variables,
  )

  container_definition = {
    name                   = local.container
    image                  = local.image
    essential              = true
    user                   = "10001:10001"
    readonlyRootFilesystem = !var.enable_execute_command
    stopTimeout            = 75

    portMappings = concat(
      [{ name = "mcp", containerPort = local.port, hostPort = local.port, protocol = "tcp" }],
      local.has_peers ? [{ name = "peers", containerPort = local.peer_port, hostPort = local.peer_port, protocol = "tcp" }] : [],
    )
    mountPoints = [{ sourceVolume = "tmp", containerPath = "/tmp", readOnly = false }]
    linuxParameters = {
      initProcessEnabled = true
      capabilities       = { add = [], drop = ["ALL"] }
    }
    ulimits = [{ name = "nofile", softLimit = 65536, hardLimit = 65536 }]

    environment = [for name, value in merge(local.settings, var.environment_variables) : { name = name, value = value }]
    secrets     = [for name, place in local.secrets : { name = name, valueFrom = place }]

    healthCheck = {
      command     = ["CMD", "/app/bin/health"]
      interval    = 30
      timeout     = 5
      retries     = 3
      startPeriod = 60
    }
    logConfiguration = {
      logDriver = "awslogs"
      options = {
        awslogs-group         = aws_cloudwatch_log_group.this.name
        awslogs-region        = var.aws_region
        awslogs-stream-prefix = "ecs"
        # A slow CloudWatch must not stop the server; beyond 25 MB, lines are lost instead.
        mode            = "non-blocking"
        max-buffer-size = "25m"
      }
    }
    systemControls = []
    volumesFrom    = []
  }
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.task_family
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = tostring(var.cpu)
  memory                   = tostring(var.memory)
  task_role_arn            = local.task_role_arn
  execution_role_arn       = local.execution_role_arn
  container_definitions    = jsonencode([local.container_definition])

  # Revisions of deploy-cli count, and those before stay for its rollback.
  track_latest = true
  skip_destroy = true

  runtime_platform {
    operating_system_family = "LINUX"
    cpu_architecture        = var.cpu_architecture
  }

  # The only place where the container can write. It belongs to whom /tmp of the image belongs to.
  volume {
    name = "tmp"
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = local.image_version != "unknown"
      error_message = "The image '${local.image}' in ${local.image_parameter} names no version. Apply with -var container_image=REPOSITORY:VERSION@sha256:DIGEST."
    }
    precondition {
      condition     = !local.has_execution_role || !strcontains(local.image, ".dkr.ecr.") || can(regex("^${local.account}\\.dkr\\.ecr\\.${var.aws_region}\\.${replace(data.aws_partition.current.dns_suffix, ".", "\\.")}/${replace(var.ecr_repository_name, ".", "\\.")}:", local.image))
      error_message = "The execution role that is made here pulls from repository ${var.ecr_repository_name} of this account and region alone, and the image is '${local.image}'. Set ecr_repository_name, or bring an execution_role_arn that may pull it."
    }
    precondition {
      condition     = length(setintersection(keys(var.secret_variables), keys(local.settings))) == 0
      error_message = "secret_variables names what other variables set: ${join(", ", setintersection(keys(var.secret_variables), keys(local.settings)))}. Use those variables."
    }
    precondition {
      condition     = length(setintersection(keys(var.environment_variables), keys(merge(local.settings, local.secrets)))) == 0
      error_message = "environment_variables names what other variables set: ${join(", ", setintersection(keys(var.environment_variables), keys(merge(local.settings, local.secrets))))}. Use those variables."
    }
  }
}
