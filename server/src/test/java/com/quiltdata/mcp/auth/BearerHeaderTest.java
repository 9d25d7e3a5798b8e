package com.quiltdata.mcp.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BearerHeaderTest {
  private static final Authentication ASKED = new Authentication.Rejected(false, "asked");

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a.b.c", "bearer a.b.c", "BEARER   a.b.c", "Bearer a.b.c \t"})
  void takesTheTokenOutOfTheHeader(String header) {
    assertThat(
            BearerHeader.authenticate(
                List.of(header),
                token -> {
                  assertThat(token).isEqualTo("a.b.c");
                  return ASKED;
                }))
        .isSameAs(ASKED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Bearer", "Bearer ", "Bearer\ta.b.c", "Bearera.b.c", "Basic x", "a.b.c"})
  void seesNoTokenElsewhere(String header) {
    assertThat(BearerHeader.authenticate(List.of(header), _ -> ASKED))
        .isEqualTo(new Authentication.Missing());
  }

  @Test
  void refusesTwoHeadersWhateverTheySay() {
    assertThat(BearerHeader.authenticate(List.of("Bearer a.b.c", "Basic x"), _ -> ASKED))
        .isEqualTo(new Authentication.Rejected(false, "more than one Authorization header"));
    assertThat(BearerHeader.authenticate(List.of(), _ -> ASKED))
        .isEqualTo(new Authentication.Missing());
  }
}
