locals {
  dashboard_metrics = {
    "Requests and refusals" = [
      ["AWS/ApplicationELB", "RequestCount", local.of_balancer, "Sum"],
      ["AWS/ApplicationELB", "HTTPCode_Target_4XX_Count", local.of_balancer, "Sum"],
      ["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", local.of_balancer, "Sum"],
    ]
    "Seconds to the answer" = [
      ["AWS/ApplicationELB", "TargetResponseTime", local.of_balancer, "p50"],
      ["AWS/ApplicationELB", "TargetResponseTime", local.of_balancer, "p99"],
    ]
    "Targets" = [
      ["AWS/ApplicationELB", "HealthyHostCount", local.of_balancer, "Minimum"],
      ["AWS/ApplicationELB", "UnHealthyHostCount", local.of_balancer, "Maximum"],
    ]
    "Processor and memory, %" = [
      ["AWS/ECS", "CPUUtilization", local.of_service, "Average"],
      ["AWS/ECS", "CPUUtilization", local.of_service, "Maximum"],
      ["AWS/ECS", "MemoryUtilization", local.of_service, "Maximum"],
    ]
    "Tasks (Container Insights)" = [
      ["ECS/ContainerInsights", "DesiredTaskCount", local.of_service, "Average"],
      ["ECS/ContainerInsights", "RunningTaskCount", local.of_service, "Average"],
    ]
  }

  dashboard_widgets = concat(
    [for index, title in keys(local.dashboard_metrics) : {
      type   = "metric"
      x      = (index % 2) * 12
      y      = floor(index / 2) * 6
      width  = 12
      height = 6
      properties = {
        title  = title
        region = var.aws_region
        period = 60
        # [NAMESPACE, METRIC, DIMENSION, VALUE, …, {stat}]
        metrics = [for metric in local.dashboard_metrics[title] : concat(
          [metric[0], metric[1]],
          flatten([for name, value in metric[2] : [name, value]]),
          [{ stat = metric[3] }],
        )]
      }
    }],
    [{
      type   = "log"
      x      = 12
      y      = 12
      width  = 12
      height = 6
      properties = {
        title  = "Warnings and errors"
        region = var.aws_region
        query  = "SOURCE '${local.log_group}' | fields timestamp, level, event, message, request_id | filter level in ['WARNING', 'SEVERE', 'WARN', 'ERROR'] | sort @timestamp desc | limit 50"
        view   = "table"
      }
    }],
  )
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.create_dashboard ? 1 : 0

  dashboard_name = local.service
  dashboard_body = jsonencode({ widgets = local.dashboard_widgets })
}
