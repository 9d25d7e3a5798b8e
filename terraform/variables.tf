# Those of the module, which holds them to their rules: modules/mcp_server/variables.tf.

# Where

variable "aws_region" {
  description = "The AWS region."
  type        = string
  default     = "us-east-1"
}

variable "stack_name" {
  description = "The stack that the service belongs to; the names of most resources begin with it."
  type        = string
  default     = "sales-prod"
}

variable "environment" {
  description = "The environment, last part of the names of service and log group."
  type        = string
  default     = "production"
}

variable "cluster_name" {
  description = "The ECS cluster, which exists."
  type        = string
  default     = "sales-prod"
}

variable "vpc_id" {
  description = "The VPC of the stack."
  type        = string
}

variable "private_subnet_ids" {
  description = "The private subnets of the tasks, of two zones or more; they need a way to AWS (NAT or VPC endpoints)."
  type        = list(string)
}

variable "alb_listener_arn" {
  description = "The HTTPS listener of the Application Load Balancer, which exists."
  type        = string
}

variable "alb_security_group_ids" {
  description = "The security groups of the balancer, from which alone the tasks take requests."
  type        = list(string)
}

variable "host_names" {
  description = "The host names for which the listener sends `/mcp` and `/mcp/*` to the tasks; three at most, two with `oauth`."
  type        = list(string)
  default     = ["demo.quiltdata.com"]
}

variable "listener_rule_priority" {
  description = "The place of the rule among those of the listener; no other may have it."
  type        = number
  default     = 100
}

# What runs

variable "container_image" {
  description = "The image to deploy: REPOSITORY:VERSION@sha256:DIGEST. Null leaves what is deployed; the first apply needs it. Do not keep it in a file: an old value would take a release back."
  type        = string
  default     = null
}

variable "parameter_prefix" {
  description = "Of the SSM parameters that Terraform and deploy-cli share (`deploy-cli --parameter-prefix`); one for each service of an account."
  type        = string
  default     = "/quilt/mcp-server"
}

variable "task_family" {
  description = "The family of the task definitions; one for each service of an account."
  type        = string
  default     = "quilt-mcp-server"
}

variable "cpu" {
  description = "CPU units of a task; 1024 are one processor."
  type        = number
  default     = 256
}

variable "memory" {
  description = "MiB of a task. The image divides 512 MiB; give it more only with an image that does."
  type        = number
  default     = 512
}

variable "cpu_architecture" {
  description = "X86_64 or ARM64, as the image was built; ARM64 costs a fifth less."
  type        = string
  default     = "X86_64"
}

variable "desired_count" {
  description = "The tasks of the service when it is made. Later `aws ecs update-service --desired-count` or `autoscaling` decides, and Terraform leaves it alone."
  type        = number
  default     = 1
}

variable "deployment_maximum_percent" {
  description = "How many tasks there may be during an update, in percent of those that should run. Below 200, a large service needs fewer addresses and targets for it, and more time."
  type        = number
  default     = 200
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
}

# What the server is told

variable "catalog_url" {
  description = "The Quilt catalog (QUILT_CATALOG_URL)."
  type        = string
  default     = "https://demo.quiltdata.com"
}

variable "registry_url" {
  description = "The registry service of the catalog (QUILT_REGISTRY_URL)."
  type        = string
  default     = "https://demo.quiltdata.com"
}

variable "server_name" {
  description = "The name that the server tells its clients (MCP_SERVER_NAME)."
  type        = string
  default     = "quilt-mcp-server"
}

variable "log_level" {
  description = "How much is logged (LOG_LEVEL)."
  type        = string
  default     = "INFO"
}

variable "environment_variables" {
  description = "More settings of the server, by name (docs/configuration.md). No secrets: those go to `secret_variables`. No settings of the JVM: the image has them."
  type        = map(string)
  default     = {}
}

variable "secret_variables" {
  description = "More secrets of the server, by name: the ARN of an SSM parameter, or of a secret of Secrets Manager (`ARN:KEY::` for one member of its JSON)."
  type        = map(string)
  default     = {}
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
}

variable "state_secret_arn" {
  description = "The parameter or secret with which replicas seal what clients carry (MCP_STATE_SECRET); null has none. Never the secret of the tokens."
  type        = string
  default     = null
}

variable "secret_kms_key_arns" {
  description = "The customer's KMS keys that encrypt these secrets; none for the keys of AWS."
  type        = list(string)
  default     = []
}

# Rights

variable "task_role_arn" {
  description = "A task role that exists; null makes one. It needs what the output `task_role_policy` says."
  type        = string
  default     = null
}

variable "execution_role_arn" {
  description = "An execution role that exists; null makes one. It needs what the output `execution_role_policy` says."
  type        = string
  default     = null
}

variable "task_role_policy_json" {
  description = "A policy that the task role gets besides; null for none. Data of callers is no reason: see `data_role`."
  type        = string
  default     = null
}

variable "data_role" {
  description = "Makes the role that the server assumes for callers who bring neither AWS credentials nor a role (MCP_DATA_ROLE_ARN): the buckets that it reads, those that it writes too, and the KMS keys of both. Null makes none."
  type = object({
    read_buckets  = optional(list(string), [])
    write_buckets = optional(list(string), [])
    kms_key_arns  = optional(list(string), [])
  })
  default = null
}

variable "allowed_role_arns" {
  description = "The roles that tokens may name, and the server may assume (MCP_ALLOWED_ROLE_ARNS); whole ARNs."
  type        = list(string)
  default     = []
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
}

variable "ecr_kms_key_arn" {
  description = "The KMS key of the repository that is made; null takes AES256."
  type        = string
  default     = null
}

variable "ecr_kept_images" {
  description = "How many versions the repository that is made keeps; older ones cannot be rolled back to."
  type        = number
  default     = 50
}

# The balancer

variable "target_group_name" {
  description = "The target group; null is STACK-mcp-server-tg. A second service of one stack needs another one."
  type        = string
  default     = null
}

variable "deregistration_delay" {
  description = "Seconds for which the balancer lets calls of a task end that goes; more than the longest call that must not be cut."
  type        = number
  default     = 30
}

variable "slow_start" {
  description = "Seconds in which a new task gets its full share of requests; 0 for at once."
  type        = number
  default     = 30
}

# Logs and watching

variable "log_group_name" {
  description = "The log group; null is /ecs/mcp-server-ENVIRONMENT. A second stack of one account needs another one."
  type        = string
  default     = null
}

variable "log_retention_days" {
  description = "Days for which log lines are kept."
  type        = number
  default     = 30
}

variable "log_kms_key_arn" {
  description = "The KMS key of the logs, whose policy lets the logs service of the region use it; null for that of AWS."
  type        = string
  default     = null
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
}

variable "peers" {
  description = "Lets replicas find each other by a private name, and talk on port 8001 (MCP_PEERS). `namespace_id` names a Cloud Map namespace that exists. Null lets them not."
  type = object({
    namespace_name = optional(string, "mcp.internal")
    namespace_id   = optional(string)
    service_name   = optional(string, "mcp-server")
  })
  default = null
}

variable "oauth" {
  description = "Accepts access tokens of an OAuth issuer (MCP_OAUTH_ISSUER, MCP_PUBLIC_URL), and lets the listener forward `/.well-known/oauth-protected-resource*`. More MCP_OAUTH_* settings go to `environment_variables`. Null does not."
  type = object({
    issuer     = string
    public_url = string
  })
  default = null
}

variable "tags" {
  description = "Tags of everything that is made."
  type        = map(string)
  default     = {}
}
