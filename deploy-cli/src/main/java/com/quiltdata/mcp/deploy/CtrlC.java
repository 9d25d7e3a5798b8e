package com.quiltdata.mcp.deploy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What Ctrl-C does: the first interrupts the command, which then says how to go on; the second
/// ends the process at once. One that was asked to end by another signal interrupts the command
/// too.
///
/// @param command the thread that works
/// @param over when it has ended
record CtrlC(Thread command, CountDownLatch over) {
  private static final Duration TO_SAY_GOODBYE = Duration.ofSeconds(5);

  /// Begins to listen.
  ///
  /// @param twice whether the second is told from the first, which takes some milliseconds
  void listen(boolean twice) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt));
    if (twice) {
      try {
        handle(new Presses(this));
      } catch (ReflectiveOperationException e) {
        System.err.println("note: a second Ctrl-C will not end this at once: " + e);
      }
    }
  }

  /// The JDK has no other way to hear a signal twice, and javac warns of this one.
  private static void handle(InvocationHandler presses) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    signal
        .getMethod("handle", signal, handler)
        .invoke(
            null,
            signal.getConstructor(String.class).newInstance("INT"),
            Proxy.newProxyInstance(
                CtrlC.class.getClassLoader(), new Class<?>[] {handler}, presses));
  }

  private void interrupt() {
    if (over.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      if (!over.await(TO_SAY_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("Interrupted; what had begun in AWS goes on. Next: deploy-cli status");
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Each press comes on a thread of its own.
  private static final class Presses implements InvocationHandler {
    private final CtrlC owner;
    private int count;

    Presses(CtrlC owner) {
      this.owner = owner;
    }

    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] args) {
      if (isFirst()) {
        System.err.println("Stopping; what had begun in AWS goes on. Ctrl-C again leaves at once.");
        owner.interrupt();
      } else {
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
      }
      return owner;
    }

    private synchronized boolean isFirst() {
      return ++count == 1;
    }
  }
}
