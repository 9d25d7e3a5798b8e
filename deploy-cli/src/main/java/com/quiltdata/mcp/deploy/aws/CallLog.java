package com.quiltdata.mcp.deploy.aws;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Counts the calls of AWS by what they are, `ecs:DescribeServices` for example, as the published
/// IAM policy names them. Retries count once. Thread-safe.
public final class CallLog implements ExecutionInterceptor {
  private static final Map<String, String> PREFIXES =
      Map.of("elasticloadbalancingv2", "elasticloadbalancing", "cloudwatchlogs", "logs");

  private final Map<String, Integer> calls = new TreeMap<>();
  private Optional<String> last = Optional.empty();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service =
        attributes
            .getAttribute(SdkExecutionAttribute.SERVICE_NAME)
            .replace(" ", "")
            .toLowerCase(Locale.ROOT);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    String prefix = PREFIXES.getOrDefault(service, service);
    synchronized (calls) {
      last = Optional.of(prefix + ":" + operation);
      calls.merge(last.get(), 1, Integer::sum);
    }
  }

  /// The action that was called last.
  public Optional<String> last() {
    synchronized (calls) {
      return last;
    }
  }

  /// How often each action was called.
  public Map<String, Integer> calls() {
    synchronized (calls) {
      return new TreeMap<>(calls);
    }
  }
}
