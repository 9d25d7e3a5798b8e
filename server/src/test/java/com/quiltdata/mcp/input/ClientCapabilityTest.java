package com.quiltdata.mcp.input;

import static com.quiltdata.mcp.input.ClientCapability.FORM;
import static com.quiltdata.mcp.input.ClientCapability.PAGE;
import static com.quiltdata.mcp.input.ClientCapability.ROOTS;
import static com.quiltdata.mcp.input.ClientCapability.SAMPLING;
import static com.quiltdata.mcp.input.ClientCapability.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ClientCapabilityTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  record Case(String declared, Set<ClientCapability> known) {}

  static final List<Case> DECLARATIONS =
      List.of(
          new Case("{}", Set.of()),
          new Case("{'elicitation':{}}", Set.of(FORM)),
          new Case("{'elicitation':{'form':{}}}", Set.of(FORM)),
          new Case("{'elicitation':{'url':{}}}", Set.of(PAGE)),
          new Case("{'elicitation':{'form':{},'url':{}}}", Set.of(FORM, PAGE)),
          // Some write what they do not have as null.
          new Case("{'elicitation':{'form':{},'url':null}}", Set.of(FORM)),
          new Case("{'elicitation':{'form':null,'url':{}}}", Set.of(PAGE)),
          new Case("{'elicitation':{'form':null,'url':null}}", Set.of(FORM)),
          new Case("{'elicitation':{'later':{}}}", Set.of(FORM)),
          // A mode that is declared in a wrong way is not declared, and neither is its opposite.
          new Case("{'elicitation':{'url':true}}", Set.of()),
          new Case("{'elicitation':{'form':true}}", Set.of()),
          new Case("{'elicitation':{'form':{},'url':true}}", Set.of(FORM)),
          new Case("{'elicitation':{'form':[],'url':{}}}", Set.of(PAGE)),
          new Case("{'elicitation':true}", Set.of()),
          new Case("{'elicitation':null}", Set.of()),
          new Case("{'elicitation':[]}", Set.of()),
          new Case("{'elicitation':'form'}", Set.of()),
          new Case("{'sampling':{}}", Set.of(SAMPLING)),
          new Case("{'sampling':{'tools':{}}}", Set.of(SAMPLING)),
          new Case("{'sampling':true}", Set.of()),
          new Case("{'roots':{'listChanged':true}}", Set.of(ROOTS)),
          new Case("{'roots':[]}", Set.of()),
          new Case("{'extensions':{'io.modelcontextprotocol/tasks':{}}}", Set.of(TASKS)),
          new Case("{'extensions':{'io.modelcontextprotocol/tasks':{'x':1}}}", Set.of(TASKS)),
          new Case("{'extensions':{'io.modelcontextprotocol/tasks':true}}", Set.of()),
          new Case("{'extensions':{'io.modelcontextprotocol/tasks':null}}", Set.of()),
          new Case("{'extensions':{'io.modelcontextprotocol/ui':{}}}", Set.of()),
          new Case("{'extensions':['io.modelcontextprotocol/tasks']}", Set.of()),
          new Case("{'tasks':{}}", Set.of()),
          new Case("{'unknown':{'elicitation':{}}}", Set.of()),
          new Case("[]", Set.of()),
          new Case("null", Set.of()),
          new Case("'elicitation'", Set.of()),
          new Case("7", Set.of()),
          new Case(
              "{'elicitation':{'url':{},'form':{}},'sampling':{},'roots':{},"
                  + "'extensions':{'io.modelcontextprotocol/tasks':{}}}",
              EnumSet.allOf(ClientCapability.class)));

  @ParameterizedTest
  @FieldSource("DECLARATIONS")
  void r102KnowsWhatIsDeclared(Case declaration) {
    assertThat(ClientCapability.of(JSON.read(declaration.declared().replace('\'', '"'))))
        .isEqualTo(declaration.known());
  }

  @Test
  void knowsNothingWhereNothingIsDeclared() {
    assertThat(ClientCapability.of(StrictJson.NODES.missingNode())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ClientCapability.class)
  void saysHowItWouldBeDeclared(ClientCapability capability) {
    assertThat(ClientCapability.of(capability.toJson())).containsExactly(capability);
  }

  static Stream<Set<ClientCapability>> sets() {
    return IntStream.range(0, 1 << ClientCapability.values().length)
        .mapToObj(ClientCapability::ofBits);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void oneDeclarationSaysSeveral(Set<ClientCapability> capabilities) {
    assertThat(ClientCapability.of(ClientCapability.toJson(capabilities))).isEqualTo(capabilities);
  }

  @ParameterizedTest
  @MethodSource("sets")
  void everySetFitsIntoAByte(Set<ClientCapability> capabilities) {
    int bits = ClientCapability.toBits(capabilities);
    assertThat(bits).isBetween(0, 255);
    assertThat(ClientCapability.ofBits(bits)).isEqualTo(capabilities);
    assertThat(ClientCapability.ofBits((byte) (bits | 0xe0))).isEqualTo(capabilities);
  }
}
