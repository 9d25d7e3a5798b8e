package com.quiltdata.mcp.command;

import java.lang.reflect.Proxy;
import java.util.Map;

/// Ends the process at once when it is asked to end a second time. Without it the JVM hears only
/// the first signal, and the second waits for the end of the first.
final class SecondSignal {
  /// The exit code of a process that a signal ends, by the name of the signal.
  private static final Map<String, Integer> CODES = Map.of("TERM", 143, "INT", 130);

  private SecondSignal() {}

  /// Begins to listen. Called when the first signal has come, so that a start pays nothing for it.
  static void endsAtOnce() {
    try {
      for (Map.Entry<String, Integer> one : CODES.entrySet()) {
        handle(one.getKey(), one.getValue());
      }
    } catch (ReflectiveOperationException _) {
      // A Java without the module jdk.unsupported: the first signal goes its way, as it would
      // anyhow.
    }
  }

  /// The JDK has no other way to hear a signal, and javac warns of this one.
  private static void handle(String name, int code) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object ending =
        Proxy.newProxyInstance(
            SecondSignal.class.getClassLoader(),
            new Class<?>[] {handler},
            (proxy, _, _) -> {
              Runtime.getRuntime().halt(code);
              return proxy;
            });
    signal
        .getMethod("handle", signal, handler)
        .invoke(null, signal.getConstructor(String.class).newInstance(name), ending);
  }
}
