package com.quiltdata.mcp.deploy.ecs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Which memory goes with which processor share on Fargate.
final class FargateSizes {
  private static final Map<String, List<Integer>> MEMORY =
      new TreeMap<>(
          Map.of(
              "256", List.of(512, 1024, 2048),
              "512", steps(1024, 4096, 1024),
              "1024", steps(2048, 8192, 1024),
              "2048", steps(4096, 16384, 1024),
              "4096", steps(8192, 30720, 1024),
              "8192", steps(16384, 61440, 4096),
              "16384", steps(32768, 122880, 8192)));

  private FargateSizes() {}

  private static List<Integer> steps(int from, int to, int step) {
    return IntStream.iterate(from, memory -> memory <= to, memory -> memory + step)
        .boxed()
        .toList();
  }

  /// What is wrong with the size of a task definition; empty when nothing is, or it says no size.
  static Optional<String> complaint(ObjectNode definition) {
    String cpu = definition.path("cpu").asString("");
    String memory = definition.path("memory").asString("");
    if (cpu.isEmpty() || memory.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> fitting = MEMORY.get(cpu);
    if (fitting == null) {
      return Optional.of("cpu %s is none of %s".formatted(cpu, words(MEMORY.keySet())));
    }
    return fitting.stream().map(String::valueOf).anyMatch(memory::equals)
        ? Optional.empty()
        : Optional.of(
            "cpu %s does not go with memory %s, but with %s"
                .formatted(cpu, memory, words(fitting)));
  }

  private static String words(Iterable<?> values) {
    return java.util.stream.StreamSupport.stream(values.spliterator(), false)
        .map(String::valueOf)
        .sorted(java.util.Comparator.comparingInt(Integer::parseInt))
        .collect(Collectors.joining(", "));
  }
}
