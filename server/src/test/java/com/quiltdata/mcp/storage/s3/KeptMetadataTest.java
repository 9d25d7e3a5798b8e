package com.quiltdata.mcp.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptMetadataTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text",
        " blanks ",
        "Zoë",
        "日本😀",
        "two\nlines\r\nX-Header: no",
        "=?UTF-8?B?Wm8=?=",
        "=?x",
        "\u007f",
        "\t"
      })
  void comesBackAsItWas(String value) {
    Map<String, String> headers = KeptMetadata.encoded(Map.of("name", value));
    assertThat(headers.get("name")).matches("[!-~]|[!-~][ -~]*[!-~]");
    assertThat(KeptMetadata.decoded(headers)).isEqualTo(Map.of("name", value));
  }

  @ParameterizedTest
  @CsvSource({
    "=?UTF-8?Q?Zo=C3=AB_x?=, Zoë x",
    "=?utf-8?b?Wm/Dqw==?= =?UTF-8?Q?!?=, Zoë!",
    "=?UTF-8?B?***?=, =?UTF-8?B?***?=",
    "=?UTF-8?Q?=ZZ?=, =?UTF-8?Q?=ZZ?=",
    "=?ISO-8859-1?Q?=EB?=, =?ISO-8859-1?Q?=EB?=",
    "x =?UTF-8?Q?!?=, x =?UTF-8?Q?!?="
  })
  void readsWhatS3Encodes(String header, String value) {
    assertThat(KeptMetadata.decoded(Map.of("Name", header))).isEqualTo(Map.of("name", value));
  }

  @Test
  void keepsPlainTextPlain() {
    assertThat(KeptMetadata.encoded(Map.of("a-b", "x = 1; \"y\""))).containsValue("x = 1; \"y\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "ü", "A", "a:b", "a\nb"})
  void refusesNamesThatHeadersCannotHave(String name) {
    assertThatThrownBy(() -> KeptMetadata.encoded(Map.of(name, "x"))).isInstanceOf(Fault.class);
  }
}
