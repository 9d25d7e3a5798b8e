package com.quiltdata.mcp.deploy.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What became of a deployment, row by row.
final class VerdictTest {
  private static final StartedDeployment OURS =
      new StartedDeployment("ours", "td:2", "td:1", "mcp-server", Instant.EPOCH);

  private static DeploymentState deployment(String id, String status, String td, String state) {
    return new DeploymentState(
        id, status, td, Optional.of(state), Optional.empty(), 1, 1, 0, 0, Instant.EPOCH);
  }

  private static ServiceState service(List<DeploymentState> deployments) {
    return new ServiceState(
        "arn",
        "ACTIVE",
        "ECS",
        "ROLLING",
        deployments.getFirst().taskDefinition(),
        1,
        1,
        0,
        deployments,
        List.of(),
        List.of(),
        60,
        ServiceState.Breaker.ROLLS_BACK,
        List.of(),
        Optional.empty());
  }

  /// Deployments as `id status definition state`, the primary one first.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ours PRIMARY td:2 COMPLETED                              | RolledOut
          ours PRIMARY td:2 IN_PROGRESS; old ACTIVE td:1 COMPLETED | Waiting
          back PRIMARY td:1 IN_PROGRESS; ours ACTIVE td:2 FAILED   | RollingBack
          back PRIMARY td:1 COMPLETED; ours ACTIVE td:2 FAILED     | RolledBack
          ours PRIMARY td:2 FAILED                                 | Failed
          third PRIMARY td:3 IN_PROGRESS; ours ACTIVE td:2 IN_PROGRESS | Superseded
          back PRIMARY td:1 COMPLETED                              | RolledBack
          back PRIMARY td:1 IN_PROGRESS                            | RollingBack
          third PRIMARY td:3 COMPLETED                             | Superseded
          ours PRIMARY td:1 COMPLETED                              | RolledBack
          ours PRIMARY td:1 IN_PROGRESS                            | RollingBack
          forced PRIMARY td:2 IN_PROGRESS; ours ACTIVE td:2 IN_PROGRESS | Waiting
          """)
  void isJudgedByTheListOfDeployments(String deployments, String verdict) {
    List<DeploymentState> list = new ArrayList<>();
    for (String one : deployments.split(";", -1)) {
      String[] parts = one.strip().split(" ", -1);
      list.add(deployment(parts[0], parts[1], parts[2], parts[3]));
    }
    assertThat(Verdict.of(OURS, service(list)).getClass().getSimpleName()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, td:2, Waiting",
    "IN_PROGRESS, td:2, Waiting",
    "SUCCESSFUL, td:2, RolledOut",
    "STOP_REQUESTED, td:3, Superseded",
    "STOPPED, td:3, Superseded",
    "STOPPED, td:1, RolledBack",
    "STOPPED, td:2, Failed",
    "ROLLBACK_REQUESTED, td:1, RollingBack",
    "ROLLBACK_IN_PROGRESS, td:1, RollingBack",
    "ROLLBACK_SUCCESSFUL, td:1, RolledBack",
    "ROLLBACK_FAILED, td:1, Failed"
  })
  void isJudgedByItsOwnStory(String status, String wanted, String verdict) {
    ServiceState service = service(List.of(deployment("x", "PRIMARY", wanted, "COMPLETED")));
    ServiceDeploymentState story =
        new ServiceDeploymentState(
            "arn",
            status,
            Optional.empty(),
            Optional.empty(),
            "revision",
            Optional.empty(),
            0,
            0,
            List.of(),
            false);
    assertThat(Verdict.of(OURS, service, story).getClass().getSimpleName()).isEqualTo(verdict);
  }
}
