output "mcp_url" {
  description = "Where clients find the server."
  value       = module.mcp_server.mcp_url
}

output "ecr_repository_url" {
  description = "Where images are pushed to."
  value       = module.mcp_server.ecr_repository_url
}
