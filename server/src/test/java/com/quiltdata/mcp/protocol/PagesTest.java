package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.protocol.TalkBench.Client;
import com.quiltdata.mcp.protocol.TalkBench.Modern;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import com.quiltdata.mcp.state.StateKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists in pages, and how long results may be kept: requirements R70 to R80.
final class PagesTest {
  private final TalkBench bench = paged(2);
  private final Modern client = bench.modern(ANNA, "{}");

  private static TalkBench paged(int size) {
    return new TalkBench(Setup.alone().withLimits(TalkBench.limits(Duration.ofMinutes(1), size)));
  }

  private static Sent page(Modern client, String method, String cursor) {
    ObjectNode params = json("{}");
    return client.ask(method, cursor.isEmpty() ? params : params.put("cursor", cursor));
  }

  private static String next(Sent page) {
    return page.result().path("nextCursor").asString("");
  }

  private static void isRefused(Sent page) {
    assertThat(page.errorCode()).isEqualTo(-32602);
    assertThat(page.errorText()).contains("cursor", "without it");
  }

  @ParameterizedTest
  @CsvSource({
    "resources/list, resources, uri, 6",
    "resources/templates/list, resourceTemplates, uriTemplate, 3",
    "prompts/list, prompts, name, 3"
  })
  void r80EveryItemIsOnOnePage(String method, String member, String name, int count) {
    List<TalkBench> replicas = List.of(paged(2), paged(2), paged(2));
    List<String> items = new ArrayList<>();
    List<JsonNode> pages = new ArrayList<>();
    String cursor = "";
    do {
      Sent page = page(client.on(replicas.get(pages.size())), method, cursor);
      pages.add(page.result());
      assertThat(page.result().path(member).size()).isBetween(1, 2);
      page.result().path(member).forEach(item -> items.add(item.path(name).asString()));
      cursor = next(page);
    } while (!cursor.isEmpty());
    assertThat(items).hasSize(count).doesNotHaveDuplicates();
    assertThat(pages).hasSize((count + 1) / 2);
    assertThat(pages.getLast().has("nextCursor")).isFalse();
    assertThat(pages)
        .allSatisfy(page -> {
          assertThat(page.path("cacheScope").asString()).isEqualTo("private");
          assertThat(page.path("ttlMs").asLong())
              .isEqualTo(pages.getFirst().path("ttlMs").asLong());
        });
  }

  @Test
  void r80ToolsComeOnOnePage() {
    Sent page = page(client, "tools/list", "");
    assertThat(page.result().path("tools").size()).isGreaterThan(2);
    assertThat(page.result().has("nextCursor")).isFalse();
  }

  @Test
  void r80OlderRevisionsHaveTheSamePages() {
    Client old = bench.open("2025-11-25", "{}", ANNA);
    Sent first = old.ask("resources/list", "{}");
    assertThat(first.result().path("resources")).hasSize(2);
    Sent second = old.ask("resources/list", json("{}").put("cursor", next(first)));
    assertThat(second.result().path("resources")).hasSize(2);
    assertThat(second.result().path("resources")).isNotEqualTo(first.result().path("resources"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"resources/list", "resources/templates/list", "prompts/list", "tools/list"})
  void r80AnInvalidCursorIsRefusedBeforeAnythingRuns(String method) {
    for (String cursor : List.of("\"\"", "\"2\"", "\"c1.a.b.c\"", "7", "true", "{}", "[]")) {
      ObjectNode params = json("{\"cursor\":%s}".formatted(cursor));
      Sent sent = client.ask(method, params);
      isRefused(sent);
      assertThat(sent.status()).isEqualTo(400);
    }
  }

  @Test
  void r80ACursorIsOfOneListAndOneCaller() {
    String cursor = next(page(client, "resources/list", ""));
    isRefused(page(client, "resources/templates/list", cursor));
    isRefused(page(client, "tools/list", cursor));
    isRefused(page(client.as(BERT), "resources/list", cursor));
    assertThat(page(client, "resources/list", cursor).status()).isEqualTo(200);
  }

  @Test
  void r80ACursorCannotBeMadeUp() {
    String cursor = next(page(client, "resources/list", ""));
    for (int i = 0; i < cursor.length(); i++) {
      isRefused(
          page(
              client,
              "resources/list",
              cursor.substring(0, i)
                  + (cursor.charAt(i) == 'A' ? 'B' : 'A')
                  + cursor.substring(i + 1)));
    }
    TalkBench other =
        new TalkBench(Setup.alone().withKeys(StateKeys.of(List.of(UsedSecrets.named("another")))));
    isRefused(page(client.on(other), "resources/list", cursor));
  }

  @Test
  void r80TheSizeOfAPageMayDifferBetweenReplicas() {
    String cursor = next(page(client, "resources/list", ""));
    Sent rest = page(client.on(paged(100)), "resources/list", cursor);
    assertThat(rest.result().path("resources")).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "server/discover, {}, public",
    "tools/list, {}, private",
    "prompts/list, {}, private",
    "resources/list, {}, private",
    "resources/templates/list, {}, private",
    "resources/read, '{\"uri\":\"test://fixed/1\"}', private"
  })
  void r70AndR71SixResultsSayHowLongTheyMayBeKept(String method, String params, String scope) {
    JsonNode result = client.ask(method, json(params)).result();
    assertThat(result.path("ttlMs").isIntegralNumber()).isTrue();
    assertThat(result.path("ttlMs").asLong()).isNotNegative();
    assertThat(result.path("cacheScope").asString()).isEqualTo(scope);
  }

  @ParameterizedTest
  @CsvSource({"tools/call, '{\"name\":\"echo\"}'", "prompts/get, '{\"name\":\"first\"}'"})
  void r70OthersDoNot(String method, String params) {
    JsonNode result = client.ask(method, json(params)).result();
    assertThat(result.has("ttlMs")).isFalse();
    assertThat(result.has("cacheScope")).isFalse();
  }

  @Test
  void r71WhatIsPublicIsTheSameForEveryCaller() {
    Set<JsonNode> discovered = new HashSet<>();
    for (Modern one : List.of(client, client.as(BERT), client.as(TalkBench.NOBODY))) {
      discovered.add(one.ask("server/discover", json("{}")).result());
    }
    assertThat(discovered).hasSize(1);
  }

  @Test
  void r72EveryReadIsCheckedHoweverLongTheListMayBeKept() {
    assertThat(page(client, "resources/list", "").result().toString())
        .doesNotContain("test://secret");
    Sent read = client.ask("resources/read", json("{\"uri\":\"test://secret\"}"));
    assertThat(read.errorCode()).isEqualTo(-32602);
    assertThat(read.body().toString()).doesNotContain("contents of");
  }
}
