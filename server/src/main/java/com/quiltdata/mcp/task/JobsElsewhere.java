package com.quiltdata.mcp.task;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.state.Sealer;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Tasks whose state another service keeps. The id of one holds all that is needed to ask that
/// service, sealed, so that any replica can; nothing of it is kept here.
final class JobsElsewhere {
  private static final int MAX_ID_CHARS = 512;
  private static final int DIGEST_BYTES = 16;
  private static final String PRINCIPAL = "p";
  private static final String TOOL = "t";
  private static final String HANDLE = "h";
  private static final String CREATED = "c";

  private final Sealer sealer;
  private final ToolCatalog tools;
  private final TaskWords words;
  private final TaskLimits limits;
  private final InstantSource clock;

  /// A task as its id says it.
  private record Seen(String id, String tool, Caller caller, String handle, Instant createdAt) {}

  JobsElsewhere(
      StateKeys keys, ToolCatalog tools, TaskWords words, TaskLimits limits, InstantSource clock) {
    this.sealer = new Sealer(keys, "job elsewhere", MAX_ID_CHARS, clock);
    this.tools = tools;
    this.words = words;
    this.limits = limits;
    this.clock = clock;
  }

  ObjectNode begin(TaskOrder order, String handle) {
    Instant now = now();
    ObjectNode content =
        StrictJson.NODES
            .objectNode()
            .put(PRINCIPAL, digest(order.caller().principal()))
            .put(TOOL, order.tool())
            .put(HANDLE, handle)
            .put(CREATED, now.toEpochMilli());
    return head(sealer.seal(content, limits.longestLife()), TaskStatus.WORKING, "", now);
  }

  Optional<ObjectNode> get(String id, Caller caller) {
    return find(id, caller).map(this::standing);
  }

  /// Such jobs ask nothing: all answers are to questions that are not open.
  boolean update(String id, Caller caller) {
    return find(id, caller).isPresent();
  }

  boolean cancel(String id, Caller caller) {
    Optional<Seen> found = find(id, caller);
    found.ifPresent(seen -> {
      try {
        tools.stop(seen.tool(), caller, seen.handle());
      } catch (Fault fault) {
        // What is not there, or is at its end, needs no stop.
        if (fault.code() != FaultCode.NOT_FOUND && fault.code() != FaultCode.CONFLICT) {
          throw fault;
        }
      }
    });
    return found.isPresent();
  }

  private Optional<Seen> find(String id, Caller caller) {
    return sealer
        .open(id)
        .filter(content -> content.path(PRINCIPAL).asString("").equals(digest(caller.principal())))
        .map(content ->
            new Seen(
                id,
                content.path(TOOL).asString(""),
                caller,
                content.path(HANDLE).asString(""),
                Instant.ofEpochMilli(content.path(CREATED).asLong(0))))
        .filter(seen -> tools.tool(seen.tool()).isPresent());
  }

  private ObjectNode standing(Seen seen) {
    return switch (look(seen)) {
      case Job.Standing.Running(String message) ->
          head(seen.id(), TaskStatus.WORKING, message, seen.createdAt());
      case Job.Standing.Cancelled _ -> head(seen.id(), TaskStatus.CANCELLED, "", seen.createdAt());
      case Job.Standing.Ended(ToolResult result) -> {
        ObjectNode task = head(seen.id(), TaskStatus.COMPLETED, "", seen.createdAt());
        task.set("result", words.result(result));
        yield task;
      }
    };
  }

  private Job.Standing look(Seen seen) {
    try {
      return tools.look(seen.tool(), seen.caller(), seen.handle());
    } catch (Fault fault) {
      if (!isEnd(fault.code())) {
        throw fault;
      }
      return new Job.Standing.Ended(ToolResult.of(fault));
    }
  }

  /// Whether a failure says something of the job, rather than of the attempt to look after it: an
  /// end is final, and the next attempt may do better.
  private static boolean isEnd(FaultCode code) {
    return switch (code) {
      case INVALID_BUCKET,
          INVALID_S3_URI,
          INVALID_LOGICAL_KEY,
          UNSUPPORTED_SCHEME,
          INVALID_ARGUMENT,
          NOT_FOUND,
          CONFLICT,
          TOO_LARGE,
          CORRUPT_DATA,
          QUERY_COST_LIMIT ->
          true;
      case FORBIDDEN_BUCKET,
          FORBIDDEN_ACTION,
          FORBIDDEN_LEVEL,
          FORBIDDEN_ROLE,
          NOT_AUTHENTICATED,
          NO_CREDENTIALS,
          TOO_MANY_BUCKETS,
          INPUT_REQUIRED,
          TIMEOUT,
          CANCELLED,
          UPSTREAM_UNAVAILABLE,
          INTERNAL ->
          false;
    };
  }

  /// When it was last updated is known to the service alone: it is told as of now.
  private ObjectNode head(String id, TaskStatus status, String message, Instant createdAt) {
    return new TaskHead(
            id, status, message, createdAt, now(), limits.longestLife(), limits.pollInterval())
        .toJson();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Keeps ids short, however long the name of a caller is.
  private static String digest(String principal) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(hash, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
