package com.quiltdata.mcp.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;

/// How long something takes, of this whole process: the first time, when nothing is compiled yet,
/// and the median of the other times.
///
/// @param first seconds on the clock
/// @param wall seconds on the clock
/// @param cpu seconds of processor time, compiler and collector included
record Measurement(double first, double wall, double cpu) {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Does work once, and then some times more.
  static Measurement of(int times, Callable<?> work) throws Exception {
    double[] wall = new double[times];
    double[] cpu = new double[times];
    double first = 0;
    for (int i = -1; i < times; i++) {
      long cpuBefore = SYSTEM.getProcessCpuTime();
      long before = System.nanoTime();
      work.call();
      double took = (System.nanoTime() - before) / NANOS;
      if (i < 0) {
        first = took;
      } else {
        wall[i] = took;
        cpu[i] = (SYSTEM.getProcessCpuTime() - cpuBefore) / NANOS;
      }
    }
    return new Measurement(first, median(wall), median(cpu));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
