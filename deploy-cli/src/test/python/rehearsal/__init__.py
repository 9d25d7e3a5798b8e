"""Whole releases on one machine: Terraform, deploy-cli, a registry, tasks and a balancer."""
