package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.RouteBench.bearer;
import static com.quiltdata.mcp.transport.http.RouteBench.call;
import static com.quiltdata.mcp.transport.http.RouteBench.message;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.IssuingKey;
import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The server as an OAuth resource: requirements R130 to R137.
@Timeout(30)
final class McpOAuthTest {
  private static final IssuingKey KEY = IssuingKey.p256("k1");
  private static final String FROM = "Origin: " + ORIGIN;
  private static final String WHERE =
      "resource_metadata=\"https://demo.quiltdata.com/.well-known/oauth-protected-resource/quilt/mcp\"";
  private static RouteBench bench;

  @BeforeAll
  static void start() {
    bench = RouteBench.ofIssuer(KEY);
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  private static String issued(String scope) {
    return issued(scope, RouteBench.RESOURCE.address().toString());
  }

  private static String issued(String scope, String audience) {
    return "Authorization: Bearer "
        + KEY.token(
            "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"ada\",\"exp\":%d,\"scope\":\"%s\"}"
                .formatted(
                    RouteBench.RESOURCE.issuer(),
                    audience,
                    Instant.now().plusSeconds(600).getEpochSecond(),
                    scope));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/mcp",
        "/.well-known/oauth-protected-resource/quilt/mcp"
      })
  void r130TellsWithoutATokenWhereTokensComeFrom(String path) {
    Answer answer = bench.ask(request("GET " + path, FROM));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(answer.body())
        .isEqualTo(
            "{\"resource\":\"https://demo.quiltdata.com/quilt/mcp\",\"authorization_servers\":[\"https://issuer.example.com\"],\"bearer_methods_supported\":[\"header\"],\"scopes_supported\":[\"quilt:read\"],\"resource_name\":\"test\"}");
    assertThat(
            bench
                .ask(request("OPTIONS " + path, FROM, "Access-Control-Request-Method: GET"))
                .status())
        .isEqualTo(200);
    assertThat(bench.ask(request("POST " + path, "Content-Length: 0")).status()).isEqualTo(405);
  }

  @Test
  void r130ThereIsNoSuchDocumentWithoutAnIssuer() {
    try (RouteBench catalogOnly = RouteBench.guarded()) {
      assertThat(catalogOnly.ask(request("GET /.well-known/oauth-protected-resource")).status())
          .isEqualTo(404);
      assertThat(catalogOnly.post(call("echo")).header("www-authenticate")).isEqualTo("Bearer");
    }
  }

  @Test
  void r131NoTokenIsToldWhereOneComesFrom() {
    Answer answer = bench.post(call("echo"), FROM);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("www-authenticate"))
        .isEqualTo("Bearer " + WHERE + ", scope=\"quilt:read\"");
    assertThat(answer.header("access-control-expose-headers")).contains("WWW-Authenticate");
  }

  @Test
  void r131AndR133ATokenForSomebodyElseIsBad() {
    for (String header :
        List.of(
            issued("quilt:read", "https://demo.quiltdata.com/other"),
            issued("quilt:read").replace("Bearer ey", "Bearer fy"),
            issued("quilt:read") + "x")) {
      Answer answer = bench.post(call("echo"), header);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("www-authenticate"))
          .isEqualTo(
              "Bearer error=\"invalid_token\", error_description=\"JWT token could not be verified\", "
                  + WHERE
                  + ", scope=\"quilt:read\"");
    }
  }

  @Test
  void bothKindsOfTokensAreServed() {
    assertThat(bench.post(call("echo"), issued("quilt:read")).body()).contains("hello");
    assertThat(bench.post(call("echo"), bearer()).body()).contains("hello");
  }

  @Test
  void r134TooLittleScopeIs403WithAllThatIsNeeded() {
    Answer answer = bench.post(call("alter"), FROM, issued("quilt:read"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            "{\"error\":\"insufficient_scope\",\"detail\":\"the token's scope is too narrow for this call\"}");
    assertThat(answer.header("www-authenticate"))
        .isEqualTo(
            "Bearer error=\"insufficient_scope\", error_description=\"the token's scope is too narrow for this call\", "
                + WHERE
                + ", scope=\"quilt:read quilt:write\"");
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
    assertThat(bench.post(call("alter"), issued("quilt:write")).body()).contains("altered");
    assertThat(bench.post(call("alter"), issued("quilt:admin")).body()).contains("altered");
  }

  @Test
  void r134InTheNewestRevisionToo() {
    Answer answer =
        bench.ask(
            RouteBench.modern("alter", "application/json, text/event-stream", issued("openid")));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("www-authenticate")).contains("scope=\"quilt:read quilt:write\"");
  }

  @Test
  void r134ABatchNeedsWhatItsMembersNeed() {
    String batch = "[%s,%s]".formatted(message("ping", "{}"), call("alter"));
    Answer answer = bench.post(batch, issued("quilt:read"));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(bench.post(batch, issued("quilt:write")).status()).isEqualTo(200);
  }

  @Test
  void r137WhatMoreScopeWouldNotOpenIsNotAskedFor() {
    Answer answer = bench.post(call("alter"), bearer());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("Missing required level: write");
  }

  @Test
  void theAddressEndsWithoutASlash() {
    assertThat(RouteBench.RESOURCE.metadataAddress())
        .isEqualTo("https://demo.quiltdata.com/.well-known/oauth-protected-resource/quilt/mcp");
    ProtectedResource root =
        new ProtectedResource(
            URI.create("https://mcp.example.com"),
            "https://issuer.example.com",
            RouteBench.RESOURCE.scopes(),
            "test");
    assertThat(root.metadataAddress())
        .isEqualTo("https://mcp.example.com/.well-known/oauth-protected-resource");
    assertThat(root.metadataPaths()).hasSize(2);
  }
}
