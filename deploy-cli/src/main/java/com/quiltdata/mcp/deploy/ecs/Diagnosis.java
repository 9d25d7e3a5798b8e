package com.quiltdata.mcp.deploy.ecs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Why a rollout does not come to its end, from everything that was seen of it.
///
/// @param kind what is known of it; empty when nothing was seen that is known
/// @param cause one line
/// @param evidence reasons of stops with counts, then the newest events
/// @param advice what to do
/// @param stops how often tasks stopped for the most frequent reason
/// @param isKnown whether the cause was seen, and is not only that of ECS
public record Diagnosis(
    Optional<FailureKind> kind,
    String cause,
    List<String> evidence,
    String advice,
    int stops,
    boolean isKnown) {
  /// After so many equal stops the next ones will be equal too.
  static final int ENOUGH = 3;

  private static final int EVENTS = 5;

  /// Copies the evidence.
  public Diagnosis {
    evidence = List.copyOf(evidence);
  }

  /// Finds out.
  ///
  /// @param container the one that is released
  /// @param stopped tasks of the deployment that have stopped
  /// @param events of the service since it began, oldest first
  /// @param deployment the story of the deployment
  public static Diagnosis of(
      String container,
      List<TaskState> stopped,
      List<ServiceEvent> events,
      Optional<ServiceDeploymentState> deployment) {
    Map<Stop, Integer> counts = counts(container, stopped);
    Optional<Map.Entry<Stop, Integer>> most =
        counts.entrySet().stream().max(Comparator.comparingInt(Map.Entry::getValue));
    Optional<FailureKind> kind =
        most.flatMap(entry -> entry.getKey().kind()).or(() -> ofEvents(events));
    List<String> evidence = new ArrayList<>(reasons(counts));
    deployment
        .filter(one -> one.threshold() > 0 && one.failures() > 0)
        .ifPresent(one ->
            evidence.add(
                "circuit breaker: %d of %d failures, %s"
                    .formatted(
                        one.failures(),
                        one.threshold(),
                        one.breaker().orElse("monitoring").toLowerCase(java.util.Locale.ROOT))));
    events.stream()
        .skip(Math.max(0, events.size() - EVENTS))
        .forEach(event -> evidence.add("event: " + event.message()));
    List<String> alarms = deployment.map(ServiceDeploymentState::alarms).orElse(List.of());
    String cause =
        alarms.isEmpty()
            ? kind.map(FailureKind::cause)
                .or(() -> most.map(entry -> "tasks stop: " + entry.getKey()))
                .orElse("ECS does not say why")
            : "alarms were triggered: " + String.join(", ", alarms);
    String advice =
        alarms.isEmpty()
            ? kind.map(FailureKind::advice)
                .orElse(
                    most.isPresent()
                        ? "look at the events and logs below"
                        : "nothing of it was seen to fail: the events below say what ECS did")
            : "look at the alarms";
    return new Diagnosis(
        kind,
        cause,
        evidence,
        advice,
        most.map(Map.Entry::getValue).orElse(0),
        kind.isPresent() || most.isPresent() || !alarms.isEmpty());
  }

  /// Why tasks stopped that were not asked to, with counts, the most frequent reason first.
  ///
  /// @param container the one that is released
  public static List<String> reasons(String container, List<TaskState> stopped) {
    return reasons(counts(container, stopped));
  }

  private static List<String> reasons(Map<Stop, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Stop, Integer>comparingByValue().reversed())
        .map(entry -> "%d × stopped: %s".formatted(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static Map<Stop, Integer> counts(String container, List<TaskState> stopped) {
    Map<Stop, Integer> counts = new LinkedHashMap<>();
    stopped.forEach(
        task -> Stop.of(task, container).ifPresent(stop -> counts.merge(stop, 1, Integer::sum)));
    return counts;
  }

  private static Optional<FailureKind> ofEvents(List<ServiceEvent> events) {
    return events.reversed().stream()
        .flatMap(event ->
            Arrays.stream(FailureKind.values()).filter(kind -> kind.speaksOf(event.message())))
        .findFirst();
  }

  /// Whether waiting longer is of no use.
  public boolean isHopeless() {
    return stops >= ENOUGH && kind.map(FailureKind::isPermanent).orElse(true);
  }
}
