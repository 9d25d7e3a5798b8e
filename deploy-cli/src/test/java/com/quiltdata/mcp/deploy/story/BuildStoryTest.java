package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.DIGEST;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.OLD;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.REVISION;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.labelled;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeBalancing.FakeRule;
import com.quiltdata.mcp.deploy.fake.FakeMcp;
import com.quiltdata.mcp.deploy.fake.FakeService;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whether the public address serves the build that the image is labelled with.
final class BuildStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();
  private final FakeMcp mcp = new FakeMcp();

  @BeforeEach
  void labels() {
    bench.smokeUrl = Optional.of(mcp.uri());
    bench.fake.balancing.rules.clear();
    bench.fake.balancing.rules.add(new FakeRule("", List.of(), FakeService.GROUP));
    bench.fake.configurations.put(DIGEST, labelled("1.0.0", REVISION));
    bench.fake.configurations.put(OLD, labelled("0.9.0", "0123456789"));
  }

  @AfterEach
  void close() {
    mcp.close();
  }

  private static String smoke(ReleaseReport report, String member) {
    return report.json().path("checks").path("smoke").path(member).asString("");
  }

  @Test
  void theReleasedBuildIsProven() {
    bench.goesWell();
    mcp.build = Optional.of("1.0.0+abcdef0");
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(bench.err.toString() + report).isEqualTo(ExitCode.OK);
    assertThat(smoke(report, "detail")).contains("build 1.0.0+abcdef0").doesNotContain("label");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.9.0+0123456", "1.0.0+fffffff", "1.0.0"})
  void anotherBuildAtThePublicAddressIsNoSuccess(String said) {
    bench.goesWell();
    mcp.build = Optional.of(said);
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(report.toString()).isEqualTo(ExitCode.SMOKE_FAILED);
    assertThat(head(report)).contains("'" + said + "'", "'1.0.0+abcdef0'");
    assertThat(bench.fake.parameters).doesNotContainKey("/quilt/mcp-server/image");
  }

  @Test
  void aServerThatDoesNotSayWhatItIsIsNoSuccess() {
    bench.goesWell();
    mcp.discovers = false;
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.SMOKE_FAILED);
    assertThat(head(report)).contains("does not say which build it is", "'1.0.0+abcdef0'");
  }

  @Test
  void theHealthRouteTellsTheBuildWhereDiscoveryDoesNot() {
    bench.goesWell();
    mcp.discovers = false;
    mcp.healthBuild = Optional.of("1.0.0+abcdef0");
    assertThat(bench.release().code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void validateComparesWithTheImageThatRuns() {
    mcp.build = Optional.of("0.9.0+0123456");
    assertThat(bench.validation().code()).isEqualTo(ExitCode.OK);
    mcp.build = Optional.of("1.0.0+abcdef0");
    ReleaseReport report = bench.validation();
    assertThat(report.code()).isEqualTo(ExitCode.SMOKE_FAILED);
    assertThat(head(report)).contains("'1.0.0+abcdef0', not '0.9.0+0123456'");
  }

  @Test
  void labelsThatNobodyMayReadAreToldAndNoFailure() {
    mcp.build = Optional.of("something");
    bench.denied("GetDownloadUrlForLayer");
    ReleaseReport report = bench.validation();
    assertThat(report.code()).isEqualTo(ExitCode.OK);
    assertThat(smoke(report, "detail")).contains("the labels of the image are not known", "denied");
  }

  @Test
  void aRepositoryThatFailsIsToldAndNoFailure() {
    bench.fake.failing("BatchGetImage", _ -> true, new AwsError(500, "ServerException", "oops"));
    ReleaseReport report = bench.validation();
    assertThat(report.code()).isEqualTo(ExitCode.OK);
    assertThat(smoke(report, "detail")).contains("the labels of the image are not known");
  }

  @Test
  void anImageOfOthersHasNothingToCompareWith() {
    bench.fake.configurations.clear();
    mcp.build = Optional.of("something");
    ReleaseReport report = bench.validation();
    assertThat(report.code()).isEqualTo(ExitCode.OK);
    assertThat(smoke(report, "detail")).contains("no labels to compare with");
  }

  @Test
  void anImageOfTheSameSourceIsTakenAsItIs() {
    bench.goesWell();
    bench.fake.images.put("1.0.0", DIGEST);
    mcp.build = Optional.of("1.0.0+abcdef0");
    ReleaseReport report = bench.release();
    assertThat(report.code()).as(bench.err.toString() + report).isEqualTo(ExitCode.OK);
    assertThat(bench.builds).isZero();
    assertThat(bench.err.toString()).contains("built from source " + REVISION, "taken as it is");
  }

  @Test
  void anImageOfAnotherSourceIsNotTaken() {
    bench.fake.images.put("1.0.0", "sha256:" + "3".repeat(64));
    bench.fake.configurations.put("sha256:" + "3".repeat(64), labelled("1.0.0", "fedcba"));
    ReleaseReport report = bench.release();
    assertThat(report.code()).isEqualTo(ExitCode.TAG_TAKEN);
    assertThat(bench.err.toString()).contains("built from source fedcba");
    assertThat(bench.fake.changes()).isEmpty();
  }
}
