# What to do for each: docs/operations.md. Without traffic there is nothing to alarm about, so missing data
# is well.

locals {
  has_alarms  = var.alarms != null
  alarm_names = { for kind in ["errors", "refusals", "unhealthy", "slow", "memory", "missing"] : kind => "${local.service}-${kind}" }

  of_balancer = { LoadBalancer = local.balancer, TargetGroup = aws_lb_target_group.this.arn_suffix }
  of_service  = { ClusterName = var.cluster_name, ServiceName = local.service }

  # A hundredth of few requests is noise.
  share_of_answers = "IF(requests >= ${try(var.alarms.least_requests, 0)}, 100 * FILL(answers, 0) / requests, 0)"

  alarms = {
    errors = {
      exists     = local.has_alarms
      text       = "Answers with 5xx, in hundredths of all"
      threshold  = try(var.alarms.error_percent, null)
      minutes    = 5
      breaching  = 3
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      statistic  = "Sum"
      metrics    = { answers = "HTTPCode_Target_5XX_Count", requests = "RequestCount" }
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
      statistic  = "Sum"
      metrics    = { answers = "HTTPCode_Target_4XX_Count", requests = "RequestCount" }
      expression = local.share_of_answers
    }
    unhealthy = {
      exists     = local.has_alarms
      text       = "Tasks that the balancer finds unhealthy"
      threshold  = 0
      minutes    = 3
      breaching  = 3
      namespace  = "AWS/ApplicationELB"
      dimensions = local.of_balancer
      statistic  = "Maximum"
      metrics    = { result = "UnHealthyHostCount" }
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
      statistic  = "p99"
      metrics    = { result = "TargetResponseTime" }
      expression = null
    }
    memory = {
      exists     = local.has_alarms
      text       = "Memory of the fullest task, in hundredths"
      threshold  = try(var.alarms.memory_percent, null)
      minutes    = 5
      breaching  = 3
      namespace  = "AWS/ECS"
      dimensions = local.of_service
      statistic  = "Maximum"
      metrics    = { result = "MemoryUtilization" }
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
      statistic  = "Average"
      metrics    = { desired = "DesiredTaskCount", running = "RunningTaskCount" }
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
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarms.topic_arns
  ok_actions          = var.alarms.topic_arns

  dynamic "metric_query" {
    for_each = each.value.metrics
    content {
      id          = metric_query.key
      return_data = metric_query.key == "result"

      metric {
        namespace   = each.value.namespace
        metric_name = metric_query.value
        stat        = each.value.statistic
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
