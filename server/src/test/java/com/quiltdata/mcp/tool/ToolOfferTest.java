package com.quiltdata.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ToolOfferTest {
  private static final List<ToolSpec> ALL = tools(ToolOffer.everything()).visibleTo(Callers.LOCAL);

  private static ToolCatalog tools(ToolOffer offer) {
    return new ToolBench(new InMemoryObjectStore(), offer).catalog();
  }

  @Test
  void aReadOnlyServerHasNoToolThatWrites() {
    ToolCatalog tools = tools(new ToolOffer(true, Set.of()));
    assertThat(tools.visibleTo(Callers.LOCAL))
        .isNotEmpty()
        .allMatch(spec -> spec.hints().isReadOnly());
    for (ToolSpec spec : ALL) {
      assertThat(tools.find(spec.name()).isPresent()).isEqualTo(spec.hints().isReadOnly());
      for (String alias : spec.aliases()) {
        assertThat(tools.find(alias).isPresent()).isEqualTo(spec.hints().isReadOnly());
        assertThat(tools.tool(alias).isPresent()).isEqualTo(spec.hints().isReadOnly());
      }
    }
    assertThat(ALL).anyMatch(spec -> !spec.hints().isReadOnly());
  }

  @Test
  void groupsCanBeLeftOut() {
    ToolCatalog tools = tools(new ToolOffer(false, Set.of("buckets")));
    assertThat(tools.visibleTo(Callers.LOCAL))
        .isNotEmpty()
        .allMatch(spec -> spec.group().equals("buckets"));
    assertThat(tools.find("package_browse")).isEmpty();
    assertThat(tools.size()).isEqualTo(tools.visibleTo(Callers.LOCAL).size());
  }

  @Test
  void groupsThatDoNotExistAreNamed() {
    assertThat(new ToolOffer(false, Set.of("buckets", "z", "a")).unknownGroups(ALL))
        .containsExactly("a", "z");
    assertThat(ToolOffer.everything().unknownGroups(ALL)).isEmpty();
  }
}
