package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.NamedBuckets;
import com.quiltdata.mcp.auth.StorageArguments;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// `tools/call`.
final class ToolsCallMethod implements Method {
  private final ToolCatalog catalog;
  private final RevisionWriter writer;
  private final Deadline deadline;
  private final EventLog log = EventLog.named("tool");

  ToolsCallMethod(ToolCatalog catalog, RevisionWriter writer, Deadline deadline) {
    this.catalog = catalog;
    this.writer = writer;
    this.deadline = deadline;
  }

  @Override
  public String name() {
    return "tools/call";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public void check(Call call) {
    String name = Params.requireText(call.params(), "name");
    ObjectNode arguments = Params.objectOrEmpty(call.params(), "arguments");
    if (call.version().isStateless()) {
      call.headers()
          .ifPresent(headers ->
              catalog
                  .find(name)
                  .ifPresent(spec -> new HeaderCheck(headers).requireParameters(spec, arguments)));
    }
  }

  @Override
  public Result answer(Call call) {
    String name = call.params().path("name").stringValue();
    if (catalog.find(name).isEmpty()) {
      throw Params.invalid("there is no tool of this name; tools/list shows all");
    }
    long start = System.nanoTime();
    ToolResult result;
    try {
      result =
          deadline.run(() ->
              catalog.call(
                  name,
                  call.caller(),
                  Params.objectOrEmpty(call.params(), "arguments"),
                  call.output(),
                  call.requestId()));
    } catch (Fault fault) {
      result = ToolResult.of(fault);
    } catch (RuntimeException e) {
      log.defect("tool " + name, e);
      result =
          new ToolResult.Failure(
              FaultCode.INTERNAL,
              "Internal error; the log has more under request id " + call.requestId(),
              StrictJson.NODES.objectNode().put("request_id", call.requestId()));
    }
    record(call, result, Duration.ofNanos(System.nanoTime() - start));
    return Result.Tree.of(
        switch (result) {
          case ToolResult.Success success ->
              writer.structured(call.version(), success.fields(), false);
          case ToolResult.Failure failure ->
              writer.structured(call.version(), failure.fields(), true);
          case ToolResult.Blocks blocks -> writer.blocks(call.version(), blocks.blocks());
        });
  }

  private void record(Call call, ToolResult result, Duration duration) {
    if (!log.writes(Level.INFO)) {
      return;
    }
    ObjectNode arguments = Params.objectOrEmpty(call.params(), "arguments");
    LogFields fields =
        LogFields.of("mcp.method", name())
            .with("tool", call.params().path("name").stringValue())
            .with("duration_ms", duration.toMillis());
    if (StorageArguments.in(arguments) instanceof NamedBuckets.Named(Set<BucketName> buckets)
        && !buckets.isEmpty()) {
      fields.with(
          "bucket", buckets.stream().map(BucketName::value).collect(Collectors.joining(",")));
    }
    if (arguments.path("package_name").isString()) {
      fields.with("package", arguments.path("package_name").stringValue());
    }
    switch (result) {
      case ToolResult.Success _, ToolResult.Blocks _ ->
          log.event(Level.INFO, "tool.call", fields.with("success", true));
      case ToolResult.Failure failure ->
          log.event(
              Level.INFO,
              failure.code().isDenial() ? "authz.denied" : "tool.call",
              fields.with("success", false).with("error_code", failure.code().wire()));
    }
  }
}
