package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PythonNumberTest {
  private static final long SEED = 314_159;
  private static final Pattern POSITIONAL = Pattern.compile("-?(0|[1-9][0-9]{0,15})\\.[0-9]+");
  private static final Pattern EXPONENT =
      Pattern.compile("-?[1-9](\\.[0-9]*[1-9])?e[+-]([0-9]{2}|[1-9][0-9]{2})");

  @ParameterizedTest
  @CsvSource({
    "4.9E-324, 5e-324",
    "1.0E-323, 1e-323",
    "1.5E-323, 1.5e-323",
    "2.0E-323, 2e-323",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "2.2250738585072011E-308, 2.225073858507201e-308",
    "9.999999999999998E15, 9999999999999998.0",
    "1.0E16, 1e+16",
    "2.0E23, 2e+23",
    "1.0E-4, 0.0001",
    "9.999E-5, 9.999e-05",
    "-1.5, -1.5",
    "123456.789, 123456.789",
    "1.0E100, 1e+100"
  })
  void printsAsPythonDoes(double value, String text) {
    assertThat(PythonNumber.text(value)).isEqualTo(text);
  }

  @Test
  void printsTheShortestTextThatReadsBack() {
    Random random = new Random(SEED);
    for (int i = 0; i < 20_000; i++) {
      double value = random(random);
      String text = PythonNumber.text(value);
      assertThat(Double.parseDouble(text)).as("seed %d", SEED).isEqualTo(value);
      assertThat(isWellFormed(text, Math.abs(value))).as("seed %d: %s", SEED, text).isTrue();
      int digits = digits(text);
      if (digits > 1) {
        BigDecimal shorter =
            new BigDecimal(value).round(new MathContext(digits - 1, RoundingMode.HALF_EVEN));
        assertThat(shorter.doubleValue()).as("seed %d: %s", SEED, text).isNotEqualTo(value);
      }
    }
  }

  private static double random(Random random) {
    while (true) {
      double value =
          switch (random.nextInt(4)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> Double.longBitsToDouble(random.nextLong() & 0x800fffffffffffffL);
            case 2 -> random.nextInt(1_000_000) / 1_000.0;
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
          };
      if (Double.isFinite(value) && value != 0) {
        return value;
      }
    }
  }

  private static boolean isWellFormed(String text, double magnitude) {
    return (magnitude >= 1e-4 && magnitude < 1e16 ? POSITIONAL : EXPONENT).matcher(text).matches();
  }

  private static int digits(String text) {
    return new BigDecimal(text).stripTrailingZeros().precision();
  }
}
