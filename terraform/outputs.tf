output "service_name" {
  description = "The ECS service, for `deploy-cli --service`."
  value       = module.mcp_server.service_name
}

output "cluster_name" {
  description = "Its cluster, for `deploy-cli --cluster`."
  value       = module.mcp_server.cluster_name
}

output "task_definition_family" {
  description = "The family of its task definitions; the revision is not told, because deploy-cli makes new ones."
  value       = module.mcp_server.task_definition_family
}

output "image_parameter_name" {
  description = "The SSM parameter that holds the deployed image."
  value       = module.mcp_server.image_parameter_name
}

output "mcp_url" {
  description = "Where clients find the MCP endpoint, for `deploy-cli --smoke-url`; null when every host name has a wildcard."
  value       = module.mcp_server.mcp_url
}

output "task_role_arn" {
  description = "The role of the server."
  value       = module.mcp_server.task_role_arn
}

output "execution_role_arn" {
  description = "The role with which ECS starts tasks."
  value       = module.mcp_server.execution_role_arn
}

output "data_role_arn" {
  description = "The role that is assumed for callers; null without `data_role`."
  value       = module.mcp_server.data_role_arn
}

output "task_role_policy" {
  description = "What the task role has to allow, for a role that is brought along; null when it needs nothing."
  value       = module.mcp_server.task_role_policy
}

output "execution_role_policy" {
  description = "What the execution role has to allow, for a role that is brought along."
  value       = module.mcp_server.execution_role_policy
}

output "security_group_id" {
  description = "The security group of the tasks."
  value       = module.mcp_server.security_group_id
}

output "target_group_arn" {
  description = "The target group of the tasks."
  value       = module.mcp_server.target_group_arn
}

output "listener_rule_arn" {
  description = "The rule of the listener."
  value       = module.mcp_server.listener_rule_arn
}

output "log_group_name" {
  description = "The log group of the tasks."
  value       = module.mcp_server.log_group_name
}

output "ecr_repository_url" {
  description = "The image repository; null when it is not made here."
  value       = module.mcp_server.ecr_repository_url
}

output "alarm_arns" {
  description = "The alarms, by kind: errors, unhealthy, slow, memory, and refusals and missing where they are on."
  value       = module.mcp_server.alarm_arns
}

output "peer_name" {
  description = "The name under which replicas find each other; null without `peers`."
  value       = module.mcp_server.peer_name
}
