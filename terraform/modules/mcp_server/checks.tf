# Warnings of plan and apply: what works, and what somebody should have meant.

check "image_is_named_by_digest" {
  assert {
    condition     = strcontains(local.image, "@sha256:")
    error_message = "The image '${local.image}' has no digest, so what runs can change without a release. Name it as REPOSITORY:VERSION@sha256:DIGEST."
  }
}

check "more_than_one_task" {
  assert {
    condition     = var.autoscaling == null ? var.desired_count > 1 : true
    error_message = "One task serves, so a zone or a host that fails stops the service. Set desired_count to 2 or more, or autoscaling."
  }
}

check "more_than_one_zone" {
  assert {
    condition     = length(var.private_subnet_ids) > 1
    error_message = "All tasks run in one subnet, and with its zone they fail. Name subnets of two zones in private_subnet_ids."
  }
}

check "replicas_share_a_secret" {
  assert {
    condition     = (var.autoscaling == null && var.desired_count < 2) || var.state_secret_arn != null
    error_message = "Several tasks without a state secret: what clients hold of a session is good for one task only. Set state_secret_arn, and peers."
  }
}

check "replicas_find_each_other" {
  assert {
    condition     = !local.has_peers || floor((var.autoscaling == null ? var.desired_count : var.autoscaling.max_tasks) * var.deployment_maximum_percent / 100) <= 64
    error_message = "During an update there may be more than 64 tasks, which do not all find each other: a task of MCP or the answer to a question may not be found then. Let autoscaling.max_tasks times deployment_maximum_percent be 64 or less, or leave peers out."
  }
}

check "no_shells_in_tasks" {
  assert {
    condition     = !var.enable_execute_command
    error_message = "ECS Exec is on: whoever may call ecs:ExecuteCommand sees the secrets of the server, and the root file system can be written. Turn enable_execute_command off when you are done."
  }
}

check "no_wildcard_in_the_task_role" {
  assert {
    condition = alltrue([for statement in try(flatten([jsondecode(var.task_role_policy_json).Statement]), []) :
      try(statement.Effect, "Allow") != "Allow" || !(can(statement.NotAction) || can(statement.NotResource) ||
      anytrue([for text in flatten([try(statement.Action, [])]) : strcontains(text, "*")]) || anytrue([for text in flatten([try(statement.Resource, [])]) : text == "*" || endswith(text, ":*")]))
    ])
    error_message = "task_role_policy_json allows more than it names: a '*', NotAction or NotResource. Name actions and ARNs: whoever breaks into the server has these rights."
  }
}
