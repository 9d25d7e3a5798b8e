package com.quiltdata.mcp.task;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A job that a test holds in its hand.
final class Gate implements Job.Step {
  private static final int LIMIT_SECONDS = 60;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final BlockingQueue<ToolResult> ends = new LinkedBlockingQueue<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch left = new CountDownLatch(1);
  private final boolean isStubborn;

  /// Heeds interrupts.
  Gate() {
    this(false);
  }

  private Gate(boolean isStubborn) {
    this.isStubborn = isStubborn;
  }

  /// Does not heed interrupts, as code that computes.
  static Gate stubborn() {
    return new Gate(true);
  }

  @Override
  public ToolResult run(Input input, CallOutput output) {
    begun.countDown();
    try {
      return await();
    } finally {
      left.countDown();
    }
  }

  private ToolResult await() {
    while (true) {
      try {
        return ends.take();
      } catch (InterruptedException e) {
        interrupted.countDown();
        if (!isStubborn) {
          Thread.currentThread().interrupt();
          throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
        }
      }
    }
  }

  void open(ToolResult result) {
    ends.add(result);
  }

  void awaitBegin() throws InterruptedException {
    require(begun, "did not begin");
  }

  void awaitInterrupt() throws InterruptedException {
    require(interrupted, "was not interrupted");
  }

  void awaitEnd() throws InterruptedException {
    require(left, "did not end");
  }

  private static void require(CountDownLatch latch, String otherwise) throws InterruptedException {
    if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the job " + otherwise);
    }
  }
}
