package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.image.ImageFacts;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether the image fits the task definition, as preflight finds it.
final class ImageStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "['CMD-SHELL', 'curl -f http://localhost:8000/healthz || exit 1'] # curl",
        "['CMD', 'python3', '-c', 'import urllib.request']                # python3",
        "['CMD-SHELL', '/usr/bin/python -c 1']                           # python",
      })
  void aHealthCommandOfAPythonImageIsNamedWithItsFix(String command, String program) {
    bench.health(command.replace('\'', '"'));
    ReleaseReport report = bench.refused();
    assertThat(head(report)).contains("health command: it runs " + program + ",");
    assertThat(report.evidence()).anyMatch(line -> line.contains("[\"CMD\", \"/app/bin/health\"]"));
  }

  @Test
  void aHealthCommandThatTheImageDoesNotHoldIsNamed() {
    bench.health("[\"CMD\", \"/bin/other\"]");
    assertThat(head(bench.refused()))
        .contains("'/bin/other'", "the image holds 'CMD /app/bin/health'");
  }

  @Test
  void anImageThatDoesNotSayItsHealthCommandIsNoReason() {
    bench.facts = new ImageFacts("amd64", 8000, Optional.empty(), Optional.of("no base is chosen"));
    bench.health("[\"CMD\", \"/app/bin/health\"]");
    assertThat(bench.warned())
        .contains("unknown  health command: it runs '/app/bin/health'; the image is not known yet")
        .contains("warning  base image: no base is chosen; deploy-cli base update");
  }

  @ParameterizedTest
  @CsvSource({"ARM64, LINUX", "X86_64, WINDOWS_SERVER_2022_CORE"})
  void anImageForAnotherPlatformIsRefused(String processor, String system) {
    bench
        .definition()
        .putObject("runtimePlatform")
        .put("cpuArchitecture", processor)
        .put("operatingSystemFamily", system);
    assertThat(head(bench.refused())).contains("platform", processor, "linux/amd64");
  }

  @Test
  void theImageMayBeForArm() {
    bench.definition().putObject("runtimePlatform").put("cpuArchitecture", "ARM64");
    bench.facts = new ImageFacts("arm64", 8000, Optional.empty(), Optional.empty());
    assertThat(bench.warned()).contains("ok       platform: linux/arm64");
  }
}
