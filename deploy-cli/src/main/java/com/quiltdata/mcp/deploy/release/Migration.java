package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import java.util.List;
import java.util.Map;

/// The way from the service that runs Python: what stands in the way of a release of this server,
/// and the step of `docs/migration.md` that removes it.
final class Migration {
  /// Who is told what stands in the way finds the steps here.
  static final String PAGE = "docs/migration.md";

  /// By what was looked at.
  static final Map<String, Integer> STEPS =
      Map.of(
          DefinitionChecks.SECRETS, 1,
          ImageChecks.HEALTH, 4,
          TargetChecks.GRACE, 4,
          ListenerChecks.RULE, 4,
          ServiceChecks.BREAKER, 4);

  private static final String PYTHON = "python";
  private static final String SETTING = "PYTHONUNBUFFERED";

  private Migration() {}

  /// Names the step wherever a Python service runs.
  static List<Finding> named(List<Finding> findings, TaskDefinition definition, String container) {
    return runsPython(definition, container)
        ? findings.stream().map(Migration::named).toList()
        : findings;
  }

  private static Finding named(Finding finding) {
    Integer step = STEPS.get(finding.what());
    return step == null || finding.fix().isEmpty()
        ? finding
        : new Finding(
            finding.kind(),
            finding.what(),
            finding.text(),
            "%s: step %d of %s".formatted(finding.fix(), step, PAGE));
  }

  /// Its health command says so, or a setting that Python services have. This server takes that
  /// setting too, so with the health command of this server it says nothing.
  static boolean runsPython(TaskDefinition definition, String container) {
    if (!definition.hasContainer(container)) {
      return false;
    }
    List<String> health = definition.healthCommand(container);
    return health.stream().anyMatch(part -> part.contains(PYTHON))
        || (definition.variable(container, SETTING).isPresent()
            && !health.equals(ImageFacts.HEALTH));
  }
}
