package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;

/// The real program with two buckets and things beside them that nobody may read: each of those
/// holds the word CANARY.
final class HostileServer implements AutoCloseable {
  static final String SECRET = UsedSecrets.note("hostile-input-secret-0123456789-abcdef");
  static final String GRANTED = "team-data";
  static final String FORBIDDEN = "other-bucket";

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  final ServerProcess process;

  /// A server over a new folder.
  ///
  /// @param folder is filled
  /// @param needsToken whether calls need one
  HostileServer(Path folder, boolean needsToken) {
    try {
      Path root = folder.resolve("root");
      Files.createDirectories(root.resolve(GRANTED).resolve("folder"));
      Files.createDirectories(root.resolve(FORBIDDEN).resolve("folder"));
      Files.writeString(root.resolve(GRANTED).resolve("folder/file.txt"), "for everybody");
      Files.writeString(root.resolve(FORBIDDEN).resolve("folder/file.txt"), "CANARY of the bucket");
      Files.writeString(root.resolve("file.txt"), "CANARY of the root");
      Files.writeString(folder.resolve("file.txt"), "CANARY of the host");
      Map<String, String> environment = new HashMap<>();
      environment.put("QUILT_LOCAL_ROOT", root.toString());
      if (needsToken) {
        environment.put("MCP_ENHANCED_JWT_SECRET", SECRET);
        // One user asks all there is to ask.
        environment.put("MCP_USER_RATE", "100000");
        environment.put("MCP_USER_BURST", "100000");
      }
      process = ServerProcess.serving(environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  McpClient client() {
    return new McpClient(process.url());
  }

  /// A token for anything, with this claim of buckets exactly as it is.
  static String token(JsonNode buckets) {
    return token(SECRET.getBytes(StandardCharsets.UTF_8), buckets);
  }

  static String token(byte[] secret, JsonNode buckets) {
    long now = Instant.now().getEpochSecond();
    String header = "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"frontend-enhanced\"}";
    String claims =
        "{\"iss\":\"quilt-frontend\",\"aud\":\"quilt-mcp-server\",\"sub\":\"user\",\"iat\":%d,\"exp\":%d,\"level\":\"admin\",\"permissions\":[\"s3:*\"],\"buckets\":%s}"
            .formatted(now, now + 3_600, JSON.text(buckets));
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return UsedSecrets.note(
          signed
              + "."
              + encoder.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A file of strings that others collected.
  static List<String> strings(String path) {
    List<String> all = new ArrayList<>();
    JSON.read(bytes(path)).forEach(item -> all.add(item.stringValue()));
    return all;
  }

  /// The cases of a file of vectors.
  static List<JsonNode> cases(String path) {
    return JSON.read(bytes(path)).path("cases").valueStream().toList();
  }

  static byte[] bytes(String path) {
    try {
      return Files.readAllBytes(SharedData.path("fixtures/security/" + path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What must hold after everything that was sent: one JSON object a line, no defect, no secret.
  void requireCleanLog() {
    assertThat(process.output().lines()).isNotEmpty().allSatisfy(HostileServer::requireCleanLine);
    assertThat(process.errors()).doesNotContain("Exception", "\tat ");
  }

  private static void requireCleanLine(String line) {
    JsonNode json = JSON.read(line);
    assertThat(json.isObject()).isTrue();
    assertThat(json.path("level").asString()).as(line).isNotEqualTo("ERROR");
    assertThat(line).doesNotContain(SECRET, "CANARY");
    assertThat(line.length()).isLessThan(20_000);
  }

  @Override
  public void close() {
    process.close();
  }
}
