package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeTask;
import java.util.stream.Collectors;

/// Elastic Load Balancing: one target group, whose targets are the tasks.
final class FakeBalancing {
  private final FakeAws aws;

  FakeBalancing(FakeAws aws) {
    this.aws = aws;
  }

  String answer(String action) {
    return switch (action) {
      case "DescribeTargetGroups" ->
          "<TargetGroups><member><TargetGroupArn>%s</TargetGroupArn><LoadBalancerArns><member>alb</member></LoadBalancerArns></member></TargetGroups>"
              .formatted(FakeService.GROUP);
      case "DescribeTargetHealth" ->
          aws.service.tasks.stream()
              .filter(task -> !task.status.equals("STOPPED"))
              .map(FakeBalancing::target)
              .collect(
                  Collectors.joining(
                      "", "<TargetHealthDescriptions>", "</TargetHealthDescriptions>"));
      default -> throw new AwsError(400, "InvalidAction", action);
    };
  }

  private static String target(FakeTask task) {
    return "<member><Target><Id>%s</Id><Port>8000</Port></Target><TargetHealth><State>%s</State>%s</TargetHealth></member>"
        .formatted(
            task.address,
            task.targetState,
            task.targetReason.isEmpty() ? "" : "<Reason>" + task.targetReason + "</Reason>");
  }
}
