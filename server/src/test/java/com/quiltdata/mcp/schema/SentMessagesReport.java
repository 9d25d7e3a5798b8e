package com.quiltdata.mcp.schema;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/// Fails each test class during which the server sent what the schema of its revision does not
/// allow, and tells at the end how much was looked at. JUnit finds it by itself.
public final class SentMessagesReport implements BeforeAllCallback, AfterAllCallback {
  private static final int SHOWN = 2_000;

  private static final Queue<String> PROBLEMS = new ConcurrentLinkedQueue<>();
  private static final Map<String, AtomicLong> CHECKED = new ConcurrentSkipListMap<>();
  private static volatile String running = "no test";

  /// A message was looked at.
  static void add(String revision, String definition, byte[] body, List<String> problems) {
    CHECKED.computeIfAbsent(revision + " " + definition, _ -> new AtomicLong()).incrementAndGet();
    if (!problems.isEmpty()) {
      String text = new String(body, StandardCharsets.UTF_8);
      PROBLEMS.add(
          "%s, in %s: %s%n  %s"
              .formatted(
                  running,
                  revision,
                  problems,
                  text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text));
    }
  }

  /// How many messages were looked at so far, by revision and definition.
  static Map<String, Long> checked() {
    return CHECKED.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().get()));
  }

  /// What is wrong so far, which is forgotten with this.
  static List<String> takeProblems() {
    List<String> taken = new ArrayList<>();
    for (String next = PROBLEMS.poll(); next != null; next = PROBLEMS.poll()) {
      taken.add(next);
    }
    return taken;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    running = context.getDisplayName();
    context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .computeIfAbsent(SentMessagesReport.class, _ -> (AutoCloseable) () -> tell(System.out));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNoProblems();
  }

  /// Fails when something wrong was sent since this was last looked at.
  public static void requireNoProblems() {
    List<String> problems = takeProblems();
    if (!problems.isEmpty()) {
      throw new AssertionError(
          "%d messages break the schema of their revision:%n%s"
              .formatted(problems.size(), String.join("\n", problems)));
    }
  }

  /// At the end of all; `.ci/run` and `.ci/conformance` read it.
  public static void tell(PrintStream out) {
    Map<String, Long> byRevision = new TreeMap<>();
    checked().forEach((key, count) -> byRevision.merge(key.split(" ", 2)[0], count, Long::sum));
    out.printf(
        "Sent messages: %d checked against their schema %s, of %d kinds%n",
        byRevision.values().stream().mapToLong(Long::longValue).sum(), byRevision, CHECKED.size());
    requireNoProblems();
  }
}
