output "service_name" {
  description = "The ECS service, for `deploy-cli --service`."
  value       = aws_ecs_service.this.name
}

output "cluster_name" {
  description = "Its cluster, for `deploy-cli --cluster`."
  value       = var.cluster_name
}

output "task_definition_family" {
  description = "The family of its task definitions; the revision is not told, because deploy-cli makes new ones."
  value       = aws_ecs_task_definition.this.family
}

output "image_parameter_name" {
  description = "The SSM parameter that holds the deployed image."
  value       = aws_ssm_parameter.image.name
}

output "mcp_url" {
  description = "Where clients find the MCP endpoint, for `deploy-cli --smoke-url`; null when every host name has a wildcard."
  value       = local.has_oauth ? var.oauth.public_url : try("https://${[for name in var.host_names : name if !can(regex("[*?]", name))][0]}/mcp", null)
}

output "task_role_arn" {
  description = "The role of the server."
  value       = local.task_role_arn
}

output "execution_role_arn" {
  description = "The role with which ECS starts tasks."
  value       = local.execution_role_arn
}

output "data_role_arn" {
  description = "The role that is assumed for callers; null without `data_role`."
  value       = local.has_data_role ? aws_iam_role.data[0].arn : null
}

output "task_role_policy" {
  description = "What the task role has to allow, for a role that is brought along; null when it needs nothing."
  value       = length(local.task_statements) > 0 ? local.task_policy : null
}

output "execution_role_policy" {
  description = "What the execution role has to allow, for a role that is brought along."
  value       = local.execution_policy
}

output "security_group_id" {
  description = "The security group of the tasks."
  value       = aws_security_group.this.id
}

output "target_group_arn" {
  description = "The target group of the tasks."
  value       = aws_lb_target_group.this.arn
}

output "listener_rule_arn" {
  description = "The rule of the listener."
  value       = aws_lb_listener_rule.this.arn
}

output "log_group_name" {
  description = "The log group of the tasks."
  value       = aws_cloudwatch_log_group.this.name
}

output "ecr_repository_url" {
  description = "The image repository; null when it is not made here."
  value       = var.create_ecr_repository ? aws_ecr_repository.this[0].repository_url : null
}

output "alarm_arns" {
  description = "The alarms, by kind: errors, unhealthy, slow, memory, and refusals and missing where they are on."
  value       = { for kind, alarm in aws_cloudwatch_metric_alarm.this : kind => alarm.arn }
}

output "peer_name" {
  description = "The name under which replicas find each other; null without `peers`."
  value       = local.peer_name
}
