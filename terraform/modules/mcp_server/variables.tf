# Where

variable "aws_region" {
  description = "The AWS region."
  type        = string
  default     = "us-east-1"

  validation {
    condition     = can(regex("^[a-z]{2}(-[a-z]+)+-[0-9]$", var.aws_region))
    error_message = "aws_region is the name of a region, us-east-1 for example."
  }
}

variable "stack_name" {
  description = "The stack that the service belongs to; the names of most resources begin with it."
  type        = string
  default     = "sales-prod"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,22}[a-z0-9]$", var.stack_name))
    error_message = "stack_name is 2 to 24 lower-case letters, digits and hyphens, first a letter, last no hyphen."
  }
}

variable "environment" {
  description = "The environment, last part of the names of service and log group."
  type        = string
  default     = "production"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}[a-z0-9]$", var.environment))
    error_message = "environment is 2 to 16 lower-case letters, digits and hyphens, first a letter, last no hyphen."
  }
}

variable "cluster_name" {
  description = "The ECS cluster, which exists."
  type        = string
  default     = "sales-prod"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.cluster_name))
    error_message = "cluster_name is the name of a cluster, not its ARN: letters, digits, hyphens and underscores."
  }
}

variable "vpc_id" {
  description = "The VPC of the stack."
  type        = string

  validation {
    condition     = can(regex("^vpc-[0-9a-f]+$", var.vpc_id))
    error_message = "vpc_id is the id of a VPC, vpc-0123456789abcdef0 for example."
  }
}

variable "private_subnet_ids" {
  description = "The private subnets of the tasks, of two zones or more; they need a way to AWS (NAT or VPC endpoints)."
  type        = list(string)

  validation {
    condition     = length(var.private_subnet_ids) > 0 && alltrue([for id in var.private_subnet_ids : can(regex("^subnet-[0-9a-f]+$", id))])
    error_message = "private_subnet_ids has one id of a subnet or more, subnet-0123456789abcdef0 for example."
  }
}

variable "alb_listener_arn" {
  description = "The HTTPS listener of the Application Load Balancer, which exists."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:listener/app/[^/]+/[0-9a-f]+/[0-9a-f]+$", var.alb_listener_arn))
    error_message = "alb_listener_arn is the ARN of a listener of an Application Load Balancer: arn:aws:elasticloadbalancing:REGION:ACCOUNT:listener/app/NAME/ID/ID."
  }
}

variable "alb_security_group_ids" {
  description = "The security groups of the balancer, from which alone the tasks take requests."
  type        = list(string)

  validation {
    condition     = length(var.alb_security_group_ids) > 0 && alltrue([for id in var.alb_security_group_ids : can(regex("^sg-[0-9a-f]+$", id))])
    error_message = "alb_security_group_ids has one id of a security group or more, sg-0123456789abcdef0 for example."
  }
}

variable "host_names" {
  description = "The host names for which the listener sends `/mcp` and `/mcp/*` to the tasks; three at most, two with `oauth`."
  type        = list(string)
  default     = ["demo.quiltdata.com"]

  validation {
    condition     = length(var.host_names) > 0 && alltrue([for name in var.host_names : can(regex("^[a-z0-9*?]([a-z0-9.*?-]{0,126}[a-z0-9])?$", name))])
    error_message = "host_names has one host name or more, in lower case, demo.quiltdata.com for example."
  }
}

variable "listener_rule_priority" {
  description = "The place of the rule among those of the listener; no other may have it."
  type        = number
  default     = 100

  validation {
    condition     = var.listener_rule_priority >= 1 && var.listener_rule_priority <= 50000 && floor(var.listener_rule_priority) == var.listener_rule_priority
    error_message = "listener_rule_priority is a whole number from 1 to 50000."
  }
}

# What runs

variable "container_image" {
  description = "The image to deploy: REPOSITORY:VERSION@sha256:DIGEST. Null leaves what is deployed; the first apply needs it. Do not keep it in a file: an old value would take a release back."
  type        = string
  default     = null

  validation {
    condition     = var.container_image == null ? true : can(regex("^[a-z0-9.-]+(:[0-9]+)?/[a-z0-9._/-]+:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}(@sha256:[0-9a-f]{64})?$", var.container_image)) && !can(regex(":latest(@|$)", var.container_image))
    error_message = "container_image is HOST/REPOSITORY:VERSION@sha256:DIGEST; latest is no version."
  }
}

variable "parameter_prefix" {
  description = "Of the SSM parameters that Terraform and deploy-cli share (`deploy-cli --parameter-prefix`); one for each service of an account."
  type        = string
  default     = "/quilt/mcp-server"

  validation {
    condition     = can(regex("^(/[A-Za-z0-9_.-]+){1,14}$", var.parameter_prefix)) && !can(regex("(?i)^/(aws|ssm)", var.parameter_prefix))
    error_message = "parameter_prefix begins with / and does not end with one, /quilt/mcp-server for example; /aws and /ssm are taken."
  }
}

variable "task_family" {
  description = "The family of the task definitions; one for each service of an account."
  type        = string
  default     = "quilt-mcp-server"

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,255}$", var.task_family))
    error_message = "task_family is 1 to 255 letters, digits, hyphens and underscores."
  }
}

variable "cpu" {
  description = "CPU units of a task; 1024 are one processor."
  type        = number
  default     = 256

  validation {
    condition     = contains([256, 512, 1024, 2048, 4096, 8192, 16384], var.cpu)
    error_message = "cpu is 256, 512, 1024, 2048, 4096, 8192 or 16384."
  }
}

variable "memory" {
  description = "MiB of a task. The image divides 512 MiB; give it more only with an image that does."
  type        = number
  default     = 512

  validation {
    condition = contains(lookup({
      256   = [512, 1024, 2048]
      512   = range(1024, 4097, 1024)
      1024  = range(2048, 8193, 1024)
      2048  = range(4096, 16385, 1024)
      4096  = range(8192, 30721, 1024)
      8192  = range(16384, 61441, 4096)
      16384 = range(32768, 122881, 8192)
    }, tostring(var.cpu), [var.memory]), var.memory)
    error_message = "Fargate has no task with this memory and cpu: 256 CPU units go with 512, 1024 or 2048 MiB, 512 with 1024 to 4096, 1024 with 2048 to 8192, 2048 with 4096 to 16384, 4096 with 8192 to 30720, in steps of 1024."
  }
}

variable "cpu_architecture" {
  description = "X86_64 or ARM64, as the image was built; ARM64 costs a fifth less."
  type        = string
  default     = "X86_64"

  validation {
    condition     = contains(["X86_64", "ARM64"], var.cpu_architecture)
    error_message = "cpu_architecture is X86_64 or ARM64."
  }
}

variable "desired_count" {
  description = "The tasks of the service when it is made. Later `aws ecs update-service --desired-count` or `autoscaling` decides, and Terraform leaves it alone."
  type        = number
  default     = 1

  validation {
    condition     = var.desired_count >= 0 && floor(var.desired_count) == var.desired_count
    error_message = "desired_count is a whole number, 0 or more."
  }
}

variable "deployment_maximum_percent" {
  description = "How many tasks there may be during an update, in percent of those that should run. Below 200, a large service needs fewer addresses and targets for it, and more time."
  type        = number
  default     = 200

  validation {
    condition     = var.deployment_maximum_percent > 100 && var.deployment_maximum_percent <= 200 && floor(var.deployment_maximum_percent) == var.deployment_maximum_percent
    error_message = "deployment_maximum_percent is 101 to 200: the old tasks serve until new ones do."
  }
}

variable "wait_for_steady_state" {
  description = "Whether an apply waits until ECS has rolled its change out, and fails when ECS took it back. Without, a plain apply after a change that was taken back tries it again."
  type        = bool
  default     = true
}

variable "spot" {
  description = "Runs tasks on FARGATE_SPOT but for `on_demand_tasks`; null runs none there. The cluster must have both providers. To be chosen when the service is made: a change replaces it."
  type = object({
    on_demand_tasks = optional(number, 1)
  })
  default = null

  validation {
    condition     = var.spot == null ? true : var.spot.on_demand_tasks >= 0 && var.spot.on_demand_tasks <= 100000 && floor(var.spot.on_demand_tasks) == var.spot.on_demand_tasks
    error_message = "spot.on_demand_tasks is a whole number, 0 to 100000."
  }
}

# What the server is told

variable "catalog_url" {
  description = "The Quilt catalog (QUILT_CATALOG_URL)."
  type        = string
  default     = "https://demo.quiltdata.com"

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+(:[0-9]+)?/?$", var.catalog_url))
    error_message = "catalog_url begins with https:// and has no path, https://demo.quiltdata.com for example."
  }
}

variable "registry_url" {
  description = "The registry service of the catalog (QUILT_REGISTRY_URL)."
  type        = string
  default     = "https://demo.quiltdata.com"

  validation {
    condition     = can(regex("^https://[a-z0-9.-]+(:[0-9]+)?/?$", var.registry_url))
    error_message = "registry_url begins with https:// and has no path, https://registry.quiltdata.com for example."
  }
}

variable "server_name" {
  description = "The name that the server tells its clients (MCP_SERVER_NAME)."
  type        = string
  default     = "quilt-mcp-server"

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$", var.server_name))
    error_message = "server_name is 1 to 64 letters, digits, blanks, dots, hyphens and underscores."
  }
}

variable "log_level" {
  description = "How much is logged (LOG_LEVEL)."
  type        = string
  default     = "INFO"

  validation {
    condition     = contains(["TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR"], upper(var.log_level))
    error_message = "log_level is TRACE, DEBUG, INFO, WARN or ERROR."
  }
}

variable "environment_variables" {
  description = "More settings of the server, by name (docs/configuration.md). No secrets: those go to `secret_variables`. No settings of the JVM: the image has them."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.environment_variables) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "environment_variables has names in upper case, QUILT_READ_ONLY for example."
  }

  validation {
    condition = alltrue([for name in keys(var.environment_variables) :
      !can(regex("SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_KEY|ACCESS_KEY|CREDENTIAL", name)) ||
      can(regex("^MCP_(REQUIRE_TOKEN|MAX_TOKEN_BYTES|FAILED_TOKEN_RATE|CATALOG_TOKENS|MAX_KNOWN_(TOKENS|CREDENTIALS)|JWT_SECRET_(REFRESH|MAX_AGE|OVERLAP))$", name))
    ])
    error_message = "environment_variables names something that sounds secret, and everybody who may look at the task definition would see it. Keep the value in SSM or Secrets Manager, and name that in secret_variables."
  }

  validation {
    condition     = !anytrue([for name in keys(var.environment_variables) : can(regex("^(JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_?JAVA_OPTIONS|JAVA_OPTS)$", name))])
    error_message = "Settings of the JVM belong to the image, which was measured with them; take them out of environment_variables."
  }
}

variable "secret_variables" {
  description = "More secrets of the server, by name: the ARN of an SSM parameter, or of a secret of Secrets Manager (`ARN:KEY::` for one member of its JSON)."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for arn in values(var.secret_variables) : can(regex("^arn:[a-z-]+:(ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+|secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)$", arn))])
    error_message = "secret_variables has ARNs of SSM parameters or of secrets of Secrets Manager, never the values."
  }

  validation {
    condition     = length(setintersection(keys(var.secret_variables), ["MCP_ENHANCED_JWT_SECRET", "MCP_STATE_SECRET"])) == 0
    error_message = "MCP_ENHANCED_JWT_SECRET and MCP_STATE_SECRET are set by jwt_secret_arn and state_secret_arn; take them out of secret_variables."
  }
}

variable "trust_forwarded_for" {
  description = "Whether the balancer tells the addresses of clients, so that strangers are limited by address. Not behind a proxy that many clients share."
  type        = bool
  default     = false
}

# Secrets, by reference

variable "jwt_secret_arn" {
  description = "The SSM parameter (SecureString) or secret that signs the catalog's tokens; null is the parameter /quilt/mcp-server/jwt-secret of this account. It exists: Terraform never sees its value."
  type        = string
  default     = null

  validation {
    condition     = var.jwt_secret_arn == null ? true : can(regex("^arn:[a-z-]+:(ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+|secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)$", var.jwt_secret_arn))
    error_message = "jwt_secret_arn is the ARN of an SSM parameter or of a secret of Secrets Manager, never the secret itself."
  }

  validation {
    condition     = var.jwt_secret_arn == null || !var.jwt_secret_read_by_server ? true : can(regex("^arn:[a-z-]+:(ssm:|secretsmanager:[^:]+:[^:]+:secret:[^:]+$)", var.jwt_secret_arn))
    error_message = "jwt_secret_arn names one member of a secret (:KEY::), which ECS can read and the server cannot. Give the ARN of the whole secret, or leave jwt_secret_read_by_server false."
  }
}

variable "jwt_secret_read_by_server" {
  description = "Whether the server reads that secret, and reads it again when it was changed, in place of ECS at the start of a task. The task role may read it then."
  type        = bool
  default     = false
}

variable "jwt_kid" {
  description = "The key id that tokens must carry (MCP_ENHANCED_JWT_KID)."
  type        = string
  default     = "frontend-enhanced"

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,128}$", var.jwt_kid))
    error_message = "jwt_kid is 1 to 128 letters, digits, dots, hyphens and underscores; none takes any key id."
  }
}

variable "state_secret_arn" {
  description = "The parameter or secret with which replicas seal what clients carry (MCP_STATE_SECRET); null has none. Never the secret of the tokens."
  type        = string
  default     = null

  validation {
    condition     = var.state_secret_arn == null ? true : can(regex("^arn:[a-z-]+:(ssm:[a-z0-9-]+:[0-9]{12}:parameter/.+|secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:.+)$", var.state_secret_arn))
    error_message = "state_secret_arn is the ARN of an SSM parameter or of a secret of Secrets Manager, never the secret itself."
  }

  validation {
    condition     = var.state_secret_arn == null ? true : var.state_secret_arn != var.jwt_secret_arn && !(var.jwt_secret_arn == null && endswith(var.state_secret_arn, ":parameter/quilt/mcp-server/jwt-secret"))
    error_message = "state_secret_arn names the secret of the tokens, which the catalog knows too; make another one."
  }
}

variable "secret_kms_key_arns" {
  description = "The customer's KMS keys that encrypt these secrets; none for the keys of AWS."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.secret_kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", arn))])
    error_message = "secret_kms_key_arns has ARNs of KMS keys, arn:aws:kms:REGION:ACCOUNT:key/ID; an alias is not enough."
  }
}

# Rights

variable "task_role_arn" {
  description = "A task role that exists; null makes one. It needs what the output `task_role_policy` says."
  type        = string
  default     = null

  validation {
    condition     = var.task_role_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.task_role_arn))
    error_message = "task_role_arn is the ARN of a role."
  }
}

variable "execution_role_arn" {
  description = "An execution role that exists; null makes one. It needs what the output `execution_role_policy` says."
  type        = string
  default     = null

  validation {
    condition     = var.execution_role_arn == null ? true : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", var.execution_role_arn))
    error_message = "execution_role_arn is the ARN of a role."
  }
}

variable "task_role_policy_json" {
  description = "A policy that the task role gets besides; null for none. Data of callers is no reason: see `data_role`."
  type        = string
  default     = null

  validation {
    condition     = var.task_role_policy_json == null ? true : can(jsondecode(var.task_role_policy_json).Statement)
    error_message = "task_role_policy_json is an IAM policy in JSON."
  }

  validation {
    condition     = var.task_role_policy_json == null || var.task_role_arn == null
    error_message = "task_role_policy_json is for the role that is made here; add it to the role of task_role_arn yourself."
  }
}

variable "data_role" {
  description = "Makes the role that the server assumes for callers who bring neither AWS credentials nor a role (MCP_DATA_ROLE_ARN): the buckets that it reads, those that it writes too, and the KMS keys of both. Null makes none."
  type = object({
    read_buckets  = optional(list(string), [])
    write_buckets = optional(list(string), [])
    kms_key_arns  = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.data_role == null ? true : length(var.data_role.read_buckets) + length(var.data_role.write_buckets) > 0
    error_message = "data_role names no bucket; name some in read_buckets or write_buckets."
  }

  validation {
    condition     = var.data_role == null ? true : alltrue([for name in concat(var.data_role.read_buckets, var.data_role.write_buckets) : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", name))])
    error_message = "data_role has whole names of buckets: no wildcard, no ARN, no s3://."
  }

  validation {
    condition     = var.data_role == null ? true : alltrue([for arn in var.data_role.kms_key_arns : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", arn))])
    error_message = "data_role.kms_key_arns has ARNs of KMS keys, arn:aws:kms:REGION:ACCOUNT:key/ID; an alias is not enough."
  }
}

variable "allowed_role_arns" {
  description = "The roles that tokens may name, and the server may assume (MCP_ALLOWED_ROLE_ARNS); whole ARNs."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for arn in var.allowed_role_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "allowed_role_arns has whole ARNs of roles, without wildcards."
  }
}

variable "enable_execute_command" {
  description = "Whether `aws ecs execute-command` opens shells in tasks. The root file system is writable then, which the agent of ECS needs; and the base image must have the shell."
  type        = bool
  default     = false
}

variable "restrict_egress" {
  description = "Whether tasks reach nothing but HTTPS (443) and DNS, and each other with `peers`; else everything."
  type        = bool
  default     = false
}

# The image repository

variable "create_ecr_repository" {
  description = "Whether to make the image repository."
  type        = bool
  default     = false
}

variable "ecr_repository_name" {
  description = "The image repository, from which alone the execution role may pull."
  type        = string
  default     = "quilt-mcp-server"

  validation {
    condition     = can(regex("^[a-z0-9]+([._/-][a-z0-9]+)*$", var.ecr_repository_name))
    error_message = "ecr_repository_name is lower-case letters and digits, with single . _ - / between them."
  }
}

variable "ecr_kms_key_arn" {
  description = "The KMS key of the repository that is made; null takes AES256."
  type        = string
  default     = null

  validation {
    condition     = var.ecr_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:", var.ecr_kms_key_arn))
    error_message = "ecr_kms_key_arn is the ARN of a KMS key."
  }
}

variable "ecr_kept_images" {
  description = "How many versions the repository that is made keeps; older ones cannot be rolled back to."
  type        = number
  default     = 50

  validation {
    condition     = var.ecr_kept_images >= 10
    error_message = "ecr_kept_images is 10 or more: rollbacks need old images."
  }
}

# The balancer

variable "target_group_name" {
  description = "The target group; null is STACK-mcp-server-tg. A second service of one stack needs another one."
  type        = string
  default     = null

  validation {
    condition     = var.target_group_name == null ? true : can(regex("^[A-Za-z0-9]([A-Za-z0-9-]{0,30}[A-Za-z0-9])?$", var.target_group_name)) && !startswith(var.target_group_name, "internal-")
    error_message = "target_group_name is 1 to 32 letters, digits and hyphens, with none at its ends."
  }
}

variable "deregistration_delay" {
  description = "Seconds for which the balancer lets calls of a task end that goes; more than the longest call that must not be cut."
  type        = number
  default     = 30

  validation {
    condition     = var.deregistration_delay >= 0 && var.deregistration_delay <= 60
    error_message = "deregistration_delay is 0 to 60: a task ends 75 seconds after it was asked to."
  }
}

variable "slow_start" {
  description = "Seconds in which a new task gets its full share of requests; 0 for at once."
  type        = number
  default     = 30

  validation {
    condition     = var.slow_start == 0 || (var.slow_start >= 30 && var.slow_start <= 900)
    error_message = "slow_start is 0, or 30 to 900."
  }
}

# Logs and watching

variable "log_group_name" {
  description = "The log group; null is /ecs/mcp-server-ENVIRONMENT. A second stack of one account needs another one."
  type        = string
  default     = null

  validation {
    condition     = var.log_group_name == null ? true : can(regex("^[A-Za-z0-9_/.#-]{1,512}$", var.log_group_name)) && !startswith(var.log_group_name, "aws/")
    error_message = "log_group_name is 1 to 512 letters, digits and _ - / . #."
  }
}

variable "log_retention_days" {
  description = "Days for which log lines are kept."
  type        = number
  default     = 30

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days is a number that CloudWatch takes: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "log_kms_key_arn" {
  description = "The KMS key of the logs, whose policy lets the logs service of the region use it; null for that of AWS."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null ? true : can(regex("^arn:[a-z-]+:kms:", var.log_kms_key_arn))
    error_message = "log_kms_key_arn is the ARN of a KMS key."
  }
}

variable "alarms" {
  description = "Alarms, and whom they tell (`topic_arns`, SNS; none by default). Null makes none. `refusal_percent` adds one on 4xx, `container_insights` one on missing tasks, where the cluster has Container Insights."
  type = object({
    topic_arns         = optional(list(string), [])
    error_percent      = optional(number, 5)
    refusal_percent    = optional(number)
    least_requests     = optional(number, 20)
    response_seconds   = optional(number, 10)
    memory_percent     = optional(number, 85)
    container_insights = optional(bool, false)
  })
  default = {}

  validation {
    condition     = var.alarms == null ? true : alltrue([for arn in var.alarms.topic_arns : can(regex("^arn:[a-z-]+:sns:", arn))])
    error_message = "alarms.topic_arns has ARNs of SNS topics."
  }

  validation {
    condition     = var.alarms == null ? true : alltrue([for percent in compact([var.alarms.error_percent, var.alarms.refusal_percent, var.alarms.memory_percent]) : percent > 0 && percent <= 100])
    error_message = "error_percent, refusal_percent and memory_percent of alarms are above 0, up to 100."
  }

  validation {
    condition     = var.alarms == null ? true : var.alarms.response_seconds > 0 && var.alarms.least_requests >= 1
    error_message = "response_seconds of alarms is above 0, least_requests 1 or more."
  }
}

variable "rollback_on_alarm" {
  description = "Whether a release that passes its health checks and answers with 5xx is rolled back too."
  type        = bool
  default     = false
}

variable "create_dashboard" {
  description = "Whether to make the dashboard."
  type        = bool
  default     = true
}

# Several tasks

variable "autoscaling" {
  description = "How many tasks there may be, and the load that they are held to. Null leaves their number alone."
  type = object({
    min_tasks           = optional(number, 2)
    max_tasks           = optional(number, 10)
    cpu_percent         = optional(number, 60)
    requests_per_target = optional(number, 600)
  })
  default = null

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.min_tasks >= 1 && var.autoscaling.max_tasks >= var.autoscaling.min_tasks && alltrue([for tasks in [var.autoscaling.min_tasks, var.autoscaling.max_tasks] : floor(tasks) == tasks])
    error_message = "autoscaling.min_tasks is 1 or more, and max_tasks not below it; both are whole numbers."
  }

  validation {
    condition     = var.autoscaling == null ? true : var.autoscaling.cpu_percent > 0 && var.autoscaling.cpu_percent <= 90 && var.autoscaling.requests_per_target > 0
    error_message = "autoscaling.cpu_percent is above 0, up to 90; requests_per_target (a minute) is above 0."
  }
}

variable "peers" {
  description = "Lets replicas find each other by a private name, and talk on port 8001 (MCP_PEERS). `namespace_id` names a Cloud Map namespace that exists. Null lets them not."
  type = object({
    namespace_name = optional(string, "mcp.internal")
    namespace_id   = optional(string)
    service_name   = optional(string, "mcp-server")
  })
  default = null

  validation {
    condition     = var.peers == null ? true : can(regex("^[a-z0-9-]+(\\.[a-z0-9-]+)*$", var.peers.namespace_name)) && can(regex("^[a-z0-9-]{1,63}$", var.peers.service_name))
    error_message = "peers.namespace_name is a domain, mcp.internal for example; peers.service_name one part of a name."
  }

  validation {
    condition     = var.peers == null ? true : var.state_secret_arn != null
    error_message = "peers needs state_secret_arn: replicas know each other by that secret."
  }
}

variable "oauth" {
  description = "Accepts access tokens of an OAuth issuer (MCP_OAUTH_ISSUER, MCP_PUBLIC_URL), and lets the listener forward `/.well-known/oauth-protected-resource*`. More MCP_OAUTH_* settings go to `environment_variables`. Null does not."
  type = object({
    issuer     = string
    public_url = string
  })
  default = null

  validation {
    condition     = var.oauth == null ? true : startswith(var.oauth.issuer, "https://") && can(regex("^https://[^/]+/mcp/?$", var.oauth.public_url))
    error_message = "oauth.issuer begins with https://, and oauth.public_url is that of the MCP endpoint, https://demo.quiltdata.com/mcp for example."
  }

  validation {
    condition     = var.oauth == null ? true : anytrue([for name in var.host_names : can(regex("^${replace(replace(replace(name, ".", "\\."), "*", ".*"), "?", ".")}$", regex("^(?:https://)?([^/:]*)", var.oauth.public_url)[0]))])
    error_message = "oauth.public_url has a host that the listener does not forward: it must be one of host_names."
  }
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}

  validation {
    condition     = length(var.tags) <= 40 && alltrue([for key in keys(var.tags) : !startswith(lower(key), "aws:")])
    error_message = "tags has 40 at most, and none whose key begins with aws:."
  }
}
