package com.quiltdata.mcp.deploy.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.HostHeaderConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PathPatternConditionConfig;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/// A rule of a listener.
///
/// @param priority the lowest is tried first
/// @param hosts patterns of which one must match; none for every host
/// @param paths patterns of which one must match; none for every path
/// @param special whether it looks at something else too, a header or an address for example
/// @param targetGroups the ARNs of those that it forwards to
public record ListenerRule(
    int priority,
    List<String> hosts,
    List<String> paths,
    boolean special,
    List<String> targetGroups) {
  private static final int LAST = Integer.MAX_VALUE;

  /// Copies the lists.
  public ListenerRule {
    hosts = List.copyOf(hosts);
    paths = List.copyOf(paths);
    targetGroups = List.copyOf(targetGroups);
  }

  static ListenerRule of(Rule rule) {
    List<String> hosts = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    boolean special = false;
    for (RuleCondition condition : rule.conditions()) {
      switch (condition.field()) {
        case "host-header" ->
            hosts.addAll(
                Optional.ofNullable(condition.hostHeaderConfig())
                    .map(HostHeaderConditionConfig::values)
                    .filter(values -> !values.isEmpty())
                    .orElse(condition.values()));
        case "path-pattern" ->
            paths.addAll(
                Optional.ofNullable(condition.pathPatternConfig())
                    .map(PathPatternConditionConfig::values)
                    .filter(values -> !values.isEmpty())
                    .orElse(condition.values()));
        default -> special = true;
      }
    }
    int priority =
        String.valueOf(rule.priority()).matches("\\d+") ? Integer.parseInt(rule.priority()) : LAST;
    return new ListenerRule(priority, hosts, paths, special, forwarded(rule.actions()));
  }

  /// What a listener does with everything.
  static ListenerRule everything(List<Action> actions) {
    return new ListenerRule(LAST, List.of(), List.of(), false, forwarded(actions));
  }

  private static List<String> forwarded(List<Action> actions) {
    List<String> groups = new ArrayList<>();
    for (Action action : actions) {
      if (action.targetGroupArn() != null) {
        groups.add(action.targetGroupArn());
      }
      if (action.forwardConfig() != null) {
        action.forwardConfig().targetGroups().stream()
            .filter(one -> one.weight() == null || one.weight() > 0)
            .forEach(one -> groups.add(one.targetGroupArn()));
      }
    }
    return groups;
  }

  /// Whether it forwards there.
  boolean forwardsTo(String targetGroup) {
    return targetGroups.contains(targetGroup);
  }

  /// Whether a request of a client who sends nothing special matches.
  boolean matches(String host, String path) {
    return !special
        && (hosts.isEmpty() || hosts.stream().anyMatch(one -> fits(lower(one), lower(host))))
        && (paths.isEmpty() || paths.stream().anyMatch(one -> fits(one, path)));
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// `*` stands for any characters, `?` for one.
  private static boolean fits(String pattern, String text) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.matches(expression.toString(), text);
  }
}
