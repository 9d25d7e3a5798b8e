# What to do for each: docs/operations.md. Without traffic there is nothing to alarm about, so missing data
# is well; but for tasks, which the balancer counts as long as it has one.

locals {
  has_alarms  = var.alarms != null
  alarm_names = { for kind in ["errors", "refusals", "down", "unhealthy", "slow", "memory", "missing"] : kind => "${local.service}-${kind}" }

  of_balancer = { LoadBalancer = local.balancer, TargetGroup = aws_lb_target_group.this.arn_suffix }
  of_service  = { ClusterName = var.cluster_name, ServiceName = local.service }

  # A hundredth of few requests is noise.
  enough_requests  = "requests >= ${try(var.alarms.least_requests, 0)}"
  share_of_answers = "IF(${local.enough_requests}, 100 * FILL(answers, 0) / requests, 0)"

  alarms = {
    errors = {
      exists     = local.has_alarms
      text       = "Answers with 5xx, in hundredths of all"
      threshold  = try(var.alarms.error_percent, null)
      minutes    = 5
      breaching  = 3
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      metrics    = { answers = ["HTTPCode_Target_5XX_Count", "Sum"], requests = ["RequestCount", "Sum"] }
      expression = local.share_of_answers
    }
    refusals = {
      exists     = local.has_alarms && try(var.alarms.refusal_percent, null) != null
      text       = "Answers with 4xx, in hundredths of all"
      threshold  = try(var.alarms.refusal_percent, null)
      minutes    = 5
      breaching  = 5
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      metrics    = { answers = ["HTTPCode_Target_4XX_Count", "Sum"], requests = ["RequestCount", "Sum"] }
      expression = local.share_of_answers
    }
    down = {
      exists     = local.has_alarms
      text       = "1 while the balancer has no healthy task, so that nobody is answered"
      threshold  = 0
      minutes    = 3
      breaching  = 2
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      metrics    = { healthy = ["HealthyHostCount", "Maximum"] }
      expression = "IF(healthy < 1, 1, 0)"
      missing    = "breaching"
    }
    # ECS takes such a task out and starts another; when that happens again and again, something is wrong.
    unhealthy = {
      exists     = local.has_alarms
      text       = "Tasks that the balancer finds unhealthy"
      threshold  = 0
      minutes    = 10
      breaching  = 3
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      metrics    = { result = ["UnHealthyHostCount", "Maximum"] }
      expression = null
    }
    slow = {
      exists     = local.has_alarms
      text       = "Seconds until the slowest hundredth is answered"
      threshold  = try(var.alarms.response_seconds, null)
      minutes    = 5
      breaching  = 3
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      metrics    = { seconds = ["TargetResponseTime", "p99"], requests = ["RequestCount", "Sum"] }
      expression = "IF(${local.enough_requests}, seconds, 0)"
    }
    memory = {
      exists     = local.has_alarms
      text       = "Memory of the fullest task, in hundredths"
      threshold  = try(var.alarms.memory_percent, null)
      minutes    = 5
      breaching  = 3
      namespace  = "AWS/ECS"
      dimensions = local.of_service
      metrics    = { result = ["MemoryUtilization", "Maximum"] }
      expression = null
    }
    missing = {
      exists     = local.has_alarms && try(var.alarms.container_insights, false)
      text       = "Tasks that should run and do not"
      threshold  = 0
      minutes    = 10
      breaching  = 10
      namespace  = "ECS/ContainerInsights"
      dimensions = local.of_service
      metrics    = { desired = ["DesiredTaskCount", "Average"], running = ["RunningTaskCount", "Average"] }
      expression = "desired - running"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { for kind, alarm in local.alarms : kind => alarm if alarm.exists }

  alarm_name          = local.alarm_names[each.key]
  alarm_description   = each.value.text
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = each.value.minutes
  datapoints_to_alarm = each.value.breaching
  treat_missing_data  = try(each.value.missing, "notBreaching")
  alarm_actions       = var.alarms.topic_arns
  ok_actions          = var.alarms.topic_arns

  dynamic "metric_query" {
    for_each = each.value.metrics
    content {
      id          = metric_query.key
      return_data = metric_query.key == "result"

      metric {
        namespace   = each.value.namespace
        metric_name = metric_query.value[0]
        stat        = metric_query.value[1]
        dimensions  = each.value.dimensions
        period      = 60
      }
    }
  }

  dynamic "metric_query" {
    for_each = each.value.expression == null ? [] : [each.value.expression]
    content {
      id          = "result"
      label       = each.value.text
      expression  = metric_query.value
      return_data = true
    }
  }

  tags = local.tags
}
