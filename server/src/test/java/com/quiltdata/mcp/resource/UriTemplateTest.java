package com.quiltdata.mcp.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UriTemplateTest {
  private final UriTemplate item = new UriTemplate("test://b/{bucket}/i/{item}");

  @Test
  void readsVariables() {
    assertThat(item.match("test://b/x/i/y")).contains(Map.of("bucket", "x", "item", "y"));
    assertThat(item.match("test://b/a%20b+c/i/%C3%A9%2Fz"))
        .contains(Map.of("bucket", "a b+c", "item", "é/z"));
    assertThat(item.text()).isEqualTo("test://b/{bucket}/i/{item}");
  }

  @Test
  void matchesWholeUrisOnly() {
    for (String uri :
        new String[] {
          "test://b/x/i/", "test://b//i/y", "test://b/x/i/y/z", "test://b/x/i/y?q", "test://b/x",
          "TEST://b/x/i/y", "xtest://b/x/i/y", "test://b/x/i/%zz", "test://b/x/i/%", ""
        }) {
      assertThat(item.match(uri)).as(uri).isEmpty();
    }
  }

  @Test
  void takesAnythingForAReservedVariable() {
    UriTemplate path = new UriTemplate("test://f/{+path}");
    assertThat(path.match("test://f/a/b?c#d\n")).contains(Map.of("path", "a/b?c#d\n"));
    assertThat(path.match("test://f/")).isEmpty();
  }

  @Test
  void takesOtherSignsLiterally() {
    UriTemplate odd = new UriTemplate("test://a.b/(x)*{v}");
    assertThat(odd.match("test://a.b/(x)*1")).contains(Map.of("v", "1"));
    assertThat(odd.match("test://aXb/(x)*1")).isEmpty();
  }

  @Test
  void answersLongUrisFast() {
    String uri = "test://b/" + "a".repeat(50_000);
    assertTimeout(Duration.ofMillis(500), () -> item.match(uri));
  }
}
