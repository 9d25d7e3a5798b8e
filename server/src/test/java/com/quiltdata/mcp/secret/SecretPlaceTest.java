package com.quiltdata.mcp.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretPlaceTest {
  @Test
  void parameterIsInTheRegionOfTheServer() {
    SecretPlace place = SecretPlace.of("/quilt/mcp-server/jwt-secret", "eu-west-1");
    assertThat(place)
        .isEqualTo(new SecretPlace.Parameter("/quilt/mcp-server/jwt-secret", "eu-west-1"));
    assertThat(place.inWords())
        .isEqualTo("The SSM parameter /quilt/mcp-server/jwt-secret in eu-west-1");
  }

  @Test
  void secretIsInTheRegionOfItsNameAndShowsNoAccount() {
    String arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:quilt/jwt-AbCdEf";
    SecretPlace place = SecretPlace.of(arn, "eu-west-1");
    assertThat(place).isEqualTo(new SecretPlace.Managed(arn, "us-gov-west-1", "quilt/jwt-AbCdEf"));
    assertThat(place.inWords())
        .isEqualTo("The secret quilt/jwt-AbCdEf of Secrets Manager in us-gov-west-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "with space",
        "name:3",
        "arn:aws:ssm:eu-west-1:123456789012:parameter/x",
        "arn:aws:secretsmanager:eu-west-1:12:secret:x",
        "arn:aws:secretsmanager:evil.example:123456789012:secret:x",
        "a\nb"
      })
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretPlace.of(text, "eu-west-1"))
        .withMessageContaining("must be the name of an SSM parameter");
  }
}
