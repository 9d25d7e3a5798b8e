package com.quiltdata.mcp.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.resource.ResourceSpec.Address;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResourceCatalogTest {
  private record Probe(Address address, ToolNeeds needs) implements Resource {
    @Override
    public ResourceSpec spec() {
      return new ResourceSpec(address, "Probe", "A probe", "Probes.", "text/plain", needs);
    }

    @Override
    public ResourceContents read(ResourceCall call) {
      return new ResourceContents.Text(call.uri() + " " + call.variables());
    }
  }

  private static final Probe OPEN =
      new Probe(new Address.Fixed("test://open"), ToolNeeds.nothing());
  private static final Probe ADMIN =
      new Probe(new Address.Fixed("test://admin"), ToolNeeds.level(Level.ADMIN));
  private static final Probe ITEM =
      new Probe(new Address.Templated(new UriTemplate("test://item/{id}")), ToolNeeds.nothing());

  private final ResourceCatalog catalog =
      new ResourceCatalog(List.of(OPEN, ADMIN, ITEM), new ToolPolicy());

  @Test
  void readsByUriAndByTemplate() {
    assertThat(catalog.read("test://open", Callers.LOCAL, Input.NONE))
        .map(ResourceCatalog.Read::contents)
        .contains(new ResourceContents.Text("test://open {}"));
    assertThat(catalog.read("test://item/7", Callers.LOCAL, Input.NONE))
        .map(ResourceCatalog.Read::contents)
        .contains(new ResourceContents.Text("test://item/7 " + Map.of("id", "7")));
    assertThat(catalog.read("test://item/7/8", Callers.LOCAL, Input.NONE)).isEmpty();
    assertThat(catalog.read("", Callers.LOCAL, Input.NONE)).isEmpty();
  }

  @Test
  void showsAndReadsWhatACallerMayReadOnly() {
    assertThat(catalog.fixedFor(Callers.LOCAL)).hasSize(2);
    assertThat(catalog.fixedFor(Callers.bearer())).containsExactly(OPEN.spec());
    assertThat(catalog.templatesFor(Callers.bearer())).containsExactly(ITEM.spec());
    assertThat(catalog.fixedFor(Callers.ANONYMOUS)).isEmpty();
    assertThatThrownBy(() -> catalog.read("test://admin", Callers.bearer(), Input.NONE))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.FORBIDDEN_LEVEL));
    assertThatThrownBy(() -> catalog.read("test://item/7", Callers.ANONYMOUS, Input.NONE))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NOT_AUTHENTICATED));
  }

  @Test
  void refusesTwoResourcesAtOneUri() {
    assertThatThrownBy(() -> new ResourceCatalog(List.of(OPEN, OPEN), new ToolPolicy()))
        .hasMessage("two resources are at test://open");
  }

  @Test
  void describesItself() {
    assertThat(OPEN.spec().toJson())
        .hasToString(
            "{\"uri\":\"test://open\",\"name\":\"Probe\",\"title\":\"A probe\","
                + "\"description\":\"Probes.\",\"mimeType\":\"text/plain\"}");
    assertThat(ITEM.spec().toJson().get("uriTemplate").stringValue()).isEqualTo("test://item/{id}");
  }
}
