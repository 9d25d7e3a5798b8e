package com.quiltdata.mcp.deploy.aws;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/// Counts the calls of AWS by what they are, `ecs:DescribeServices` for example, as the published
/// IAM policy names them. Retries count once. Thread-safe.
public final class CallLog implements ExecutionInterceptor {
  private static final Map<String, String> PREFIXES =
      Map.of(
          "Elastic Load Balancing v2",
          "elasticloadbalancing",
          "CloudWatch Logs",
          "logs",
          "Secrets Manager",
          "secretsmanager");

  private final Map<String, Integer> calls = new TreeMap<>();

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    String prefix = PREFIXES.getOrDefault(service, service.toLowerCase(java.util.Locale.ROOT));
    synchronized (calls) {
      calls.merge(prefix + ":" + operation, 1, Integer::sum);
    }
  }

  /// How often each action was called.
  public Map<String, Integer> calls() {
    synchronized (calls) {
      return new TreeMap<>(calls);
    }
  }
}
