package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.target.ListenerRule;
import com.quiltdata.mcp.deploy.target.ListenerRules;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// Whether what clients ask for arrives at the target group.
///
/// @param address the public address of the MCP endpoint, when it is known
record ListenerChecks(AwsClients aws, Optional<URI> address) {
  static final String RULE = "listener rule";
  private static final String ENDPOINT = "/mcp";
  private static final String METADATA = "/.well-known/oauth-protected-resource";
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  List<Finding> look(String group, String loadBalancer) {
    List<Finding> findings = new ArrayList<>();
    optional(findings, RULE, () -> ListenerRules.of(aws, loadBalancer))
        .ifPresent(rules -> look(findings, rules.at(port()), group));
    return findings;
  }

  private OptionalInt port() {
    return address
        .map(url ->
            url.getPort() >= 0
                ? OptionalInt.of(url.getPort())
                : OptionalInt.of("https".equals(url.getScheme()) ? HTTPS : HTTP))
        .orElse(OptionalInt.empty());
  }

  private void look(List<Finding> findings, ListenerRules rules, String group) {
    List<ListenerRule> ours = rules.forwardingTo(group);
    if (ours.isEmpty()) {
      findings.add(
          Finding.error(
              RULE,
              "no rule forwards to the target group",
              "add a listener rule for /mcp and /mcp/*"));
      return;
    }
    String host =
        address
            .map(URI::getHost)
            .or(() ->
                ours.stream()
                    .flatMap(rule -> rule.hosts().stream())
                    .filter(one -> !one.contains("*") && !one.contains("?"))
                    .findFirst())
            .orElse("any.invalid");
    boolean endpoint = rules.arrives(host, ENDPOINT, group);
    boolean below = rules.arrives(host, ENDPOINT + "/x", group);
    if (!endpoint && !below) {
      findings.add(unreached(ours, host));
      return;
    }
    String missing = endpoint ? "/mcp/*" : ENDPOINT;
    findings.add(
        endpoint && below
            ? Finding.ok(RULE, "/mcp and /mcp/* of %s arrive".formatted(shown(host)))
            : Finding.warning(
                RULE,
                "only %s of %s arrives: who asks for %s gets nothing of the service"
                    .formatted(endpoint ? ENDPOINT : "/mcp/*", shown(host), missing),
                "add %s to the path patterns of the rule".formatted(missing)));
    if (!rules.arrives(host, METADATA, group) || !rules.arrives(host, METADATA + ENDPOINT, group)) {
      findings.add(
          Finding.warning(
              "OAuth",
              "%s* does not arrive: clients that log in by OAuth cannot".formatted(METADATA),
              "add it to the path patterns of the rule"));
    }
  }

  private static Finding unreached(List<ListenerRule> ours, String host) {
    String known =
        ours.stream()
            .map(rule ->
                "%s of %s"
                    .formatted(
                        rule.paths().isEmpty() ? "everything" : String.join(", ", rule.paths()),
                        rule.hosts().isEmpty() ? "every host" : String.join(", ", rule.hosts())))
            .distinct()
            .collect(Collectors.joining("; "));
    return Finding.error(
        RULE,
        "/mcp of %s does not arrive; what is forwarded: %s".formatted(shown(host), known),
        "correct the host or the paths of the rule, the order of rules, or --smoke-url");
  }

  private static String shown(String host) {
    return host.equals("any.invalid") ? "every host" : host;
  }
}
