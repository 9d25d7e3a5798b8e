package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeTask;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Elastic Load Balancing: one target group, whose targets are the tasks, and one listener.
public final class FakeBalancing {
  private static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:850787717197:loadbalancer/app/sales-prod-alb/0123456789abcdef";
  private static final String LISTENER =
      "arn:aws:elasticloadbalancing:us-east-1:850787717197:listener/app/sales-prod-alb/0123456789abcdef/1";

  /// A rule of the listener.
  ///
  /// @param host that it is for; empty for every host
  /// @param paths that it is for
  /// @param targetGroup where it forwards; empty for a fixed answer
  public record FakeRule(String host, List<String> paths, String targetGroup) {}

  /// The rules, the first one tried first. After them comes a fixed answer.
  public final List<FakeRule> rules =
      new ArrayList<>(
          List.of(
              new FakeRule(
                  "demo.quiltdata.com",
                  List.of("/mcp", "/mcp/*", "/.well-known/oauth-protected-resource*"),
                  FakeService.GROUP)));

  /// Whether there is a target group, and whether it is attached to the balancer.
  public boolean exists = true;

  public boolean attached = true;
  public int port = 8000;

  private final FakeAws aws;

  FakeBalancing(FakeAws aws) {
    this.aws = aws;
  }

  String answer(String action) {
    return switch (action) {
      case "DescribeTargetGroups" -> targetGroup();
      case "DescribeListeners" ->
          "<Listeners><member><ListenerArn>%s</ListenerArn><Port>443</Port><Protocol>HTTPS</Protocol><DefaultActions>%s</DefaultActions></member></Listeners>"
              .formatted(LISTENER, action(""));
      case "DescribeRules" -> rules();
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

  private String targetGroup() {
    if (!exists) {
      throw new AwsError(400, "TargetGroupNotFound", "no such target group");
    }
    return "<TargetGroups><member><TargetGroupArn>%s</TargetGroupArn><Port>%d</Port><LoadBalancerArns>%s</LoadBalancerArns></member></TargetGroups>"
        .formatted(FakeService.GROUP, port, attached ? "<member>" + BALANCER + "</member>" : "");
  }

  private String rules() {
    StringBuilder all = new StringBuilder("<Rules>");
    for (int i = 0; i < rules.size(); i++) {
      FakeRule rule = rules.get(i);
      all.append("<member><Priority>%d</Priority><Conditions>".formatted(i + 1));
      if (!rule.host().isEmpty()) {
        all.append(condition("host-header", "HostHeaderConfig", List.of(rule.host())));
      }
      if (!rule.paths().isEmpty()) {
        all.append(condition("path-pattern", "PathPatternConfig", rule.paths()));
      }
      all.append(
          "</Conditions><Actions>%s</Actions></member>".formatted(action(rule.targetGroup())));
    }
    return all.append(
            "<member><Priority>default</Priority><Actions>%s</Actions></member></Rules>"
                .formatted(action("")))
        .toString();
  }

  private static String condition(String field, String config, List<String> values) {
    return "<member><Field>%s</Field><%2$s><Values>%3$s</Values></%2$s></member>"
        .formatted(
            field,
            config,
            values.stream().map("<member>%s</member>"::formatted).collect(Collectors.joining()));
  }

  private static String action(String group) {
    return group.isEmpty()
        ? "<member><Type>fixed-response</Type><FixedResponseConfig><StatusCode>404</StatusCode></FixedResponseConfig></member>"
        : "<member><Type>forward</Type><TargetGroupArn>%s</TargetGroupArn></member>"
            .formatted(group);
  }

  private static String target(FakeTask task) {
    return "<member><Target><Id>%s</Id><Port>8000</Port></Target><TargetHealth><State>%s</State>%s</TargetHealth></member>"
        .formatted(
            task.address,
            task.targetState,
            task.targetReason.isEmpty() ? "" : "<Reason>" + task.targetReason + "</Reason>");
  }
}
