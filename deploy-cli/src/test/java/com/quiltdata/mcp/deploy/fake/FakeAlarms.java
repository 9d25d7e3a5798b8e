package com.quiltdata.mcp.deploy.fake;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// CloudWatch: alarms, all of them on metrics.
public final class FakeAlarms {
  /// Their names.
  public final Set<String> names = new TreeSet<>();

  String answer() {
    return names.stream()
        .map("<member><AlarmName>%s</AlarmName></member>"::formatted)
        .collect(Collectors.joining("", "<MetricAlarms>", "</MetricAlarms>"));
  }
}
