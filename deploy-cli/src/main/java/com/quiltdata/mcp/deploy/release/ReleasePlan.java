package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// What a release would do, kept for later.
///
/// @param version of the release
/// @param base the ARN of the task definition that ran when it was planned
/// @param image with its digest
public record ReleasePlan(String version, String base, String image) {

  /// Reads one.
  ///
  /// @throws Failure [ExitCode#USAGE] when the file is none
  public static ReleasePlan read(Path file) {
    try {
      ObjectNode json = Json.readObject(Files.readString(file));
      return new ReleasePlan(
          json.required("version").stringValue(),
          json.required("base").stringValue(),
          json.required("image").stringValue());
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "Plan %s cannot be read".formatted(file)).because(e);
    } catch (IllegalArgumentException | tools.jackson.core.JacksonException e) {
      throw Failure.of(ExitCode.USAGE, "%s is no plan of deploy-cli".formatted(file)).because(e);
    }
  }

  /// Keeps it.
  ///
  /// @throws Failure [ExitCode#USAGE] when the file cannot be written
  public void write(Path file) {
    try {
      Files.writeString(
          file,
          Json.pretty(Json.object().put("version", version).put("base", base).put("image", image))
              + "\n");
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "Plan %s cannot be written".formatted(file)).because(e);
    }
  }
}
