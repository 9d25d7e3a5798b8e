package com.quiltdata.mcp.deploy.target;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/// The rules of the listeners of a load balancer, in the order in which they are tried.
///
/// @param listeners each with its rules
public record ListenerRules(List<OneListener> listeners) {

  /// Copies the list.
  public ListenerRules {
    listeners = List.copyOf(listeners);
  }

  /// A listener.
  ///
  /// @param port where it listens
  /// @param rules in the order in which they are tried; the last one is for everything else
  public record OneListener(int port, List<ListenerRule> rules) {

    /// Copies the list.
    public OneListener {
      rules = List.copyOf(rules);
    }

    /// Where a request goes: the first rule that matches it; empty when none does.
    Optional<ListenerRule> ruleFor(String host, String path) {
      return rules.stream().filter(rule -> rule.matches(host, path)).findFirst();
    }
  }

  /// Reads them.
  ///
  /// @param loadBalancer its ARN
  /// @throws com.quiltdata.mcp.deploy.outcome.Failure where AWS does not let them be read
  public static ListenerRules of(AwsClients aws, String loadBalancer) {
    return aws.call(
        "look at the listeners of the load balancer",
        clients -> {
          List<OneListener> found = new ArrayList<>();
          try {
            clients
                .loadBalancing()
                .describeListenersPaginator(ask -> ask.loadBalancerArn(loadBalancer))
                .listeners()
                .forEach(listener -> found.add(listener(clients, listener)));
          } catch (LoadBalancerNotFoundException _) {
            return new ListenerRules(List.of());
          }
          return new ListenerRules(found);
        });
  }

  private static OneListener listener(AwsClients clients, Listener listener) {
    int port = Optional.ofNullable(listener.port()).orElse(0);
    if (!String.valueOf(listener.protocolAsString()).startsWith("HTTP")) {
      // Balancers of connections know no rules.
      return new OneListener(port, List.of(ListenerRule.everything(listener.defaultActions())));
    }
    return new OneListener(
        port,
        clients
            .loadBalancing()
            .describeRules(ask -> ask.listenerArn(listener.listenerArn()))
            .rules()
            .stream()
            .map(ListenerRule::of)
            .sorted(Comparator.comparingInt(ListenerRule::priority))
            .toList());
  }

  /// Only those of a port, where there is one; a client uses no other.
  public ListenerRules at(OptionalInt port) {
    List<OneListener> there =
        listeners.stream()
            .filter(one -> port.isPresent() && one.port() == port.getAsInt())
            .toList();
    return there.isEmpty() ? this : new ListenerRules(there);
  }

  /// The rules that forward to a target group.
  public List<ListenerRule> forwardingTo(String targetGroup) {
    return listeners.stream()
        .flatMap(one -> one.rules().stream())
        .filter(rule -> rule.forwardsTo(targetGroup))
        .toList();
  }

  /// Whether a request arrives at a target group.
  public boolean arrives(String host, String path, String targetGroup) {
    return listeners.stream()
        .flatMap(one -> one.ruleFor(host, path).stream())
        .anyMatch(rule -> rule.forwardsTo(targetGroup));
  }
}
