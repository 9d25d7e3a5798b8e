package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The AWS services of a release, over HTTP, in virtual time. It rejects what AWS rejects. What a
/// story does at a certain time after the update is done before the next answer.
public final class FakeAws implements AutoCloseable {
  public static final String FAMILY = "quilt-mcp-server";
  private static final String OLD = "sha256:" + "0".repeat(64);

  /// An error as AWS tells it.
  public static final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;
    final String code;
    final int status;

    /// An error of a service.
    public AwsError(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private record Step(Duration after, BiConsumer<FakeService, FakeDeployment> event) {}

  public final VirtualPace pace = new VirtualPace();
  private final FakeEcs ecs = new FakeEcs(this);
  final FakeEcr ecr = new FakeEcr(this);
  private final FakeSsm ssm = new FakeSsm();
  private final FakeLogs logs = new FakeLogs(this);
  public final FakeSecrets secrets = new FakeSecrets();
  public final FakeIam iam = new FakeIam();
  public final FakeAlarms alarms = new FakeAlarms();
  public final FakeBalancing balancing = new FakeBalancing(this);

  public final FakeService service;
  public final Map<String, String> parameters = ssm.parameters;
  public final List<String> history = ssm.history;
  public final Map<String, String> images = ecr.images;
  public final Map<String, ObjectNode> definitions = ecs.definitions;
  public final List<String> logLines = logs.lines;
  public final Set<String> logGroups = logs.groups;

  /// Configurations of images, by the digests of the images.
  public final Map<String, ObjectNode> configurations = ecr.configurations;

  /// Whether an image can be overwritten.
  public boolean mutable;

  public final List<String> calls = new ArrayList<>();
  public boolean storyApi = true;
  public String serviceDeployment = "IN_PROGRESS";

  /// What ECS says of the status, when it says something.
  public String statusReason = "";

  /// Alarms that went off during the deployment.
  public List<String> triggeredAlarms = List.of();

  /// Whether the deployment waits at a hook.
  public boolean paused;

  /// The access key that AWS does not know any more.
  public volatile String expiredKey = "";

  /// Operations that are asked too often, each time anew.
  public Predicate<String> throttles = _ -> false;

  /// Whether the network is cut, by the time and by what is called.
  public volatile BiPredicate<Duration, String> cut = (_, _) -> false;

  private LongConsumer waiting = _ -> {};
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Predicate<Integer>> faults = new LinkedHashMap<>();
  private final Map<String, AwsError> errors = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final FakeEndpoint endpoint;
  private Instant updated = Instant.MAX;
  private FakeDeployment released;

  public FakeAws() {
    String running = ecs.register(FakeEcs.definition());
    service = new FakeService(running, OLD, pace.instant());
    images.put("0.9.0", OLD);
    endpoint = new FakeEndpoint(this);
  }

  /// Where it is.
  public URI uri() {
    return endpoint.uri();
  }

  /// Something happens some time after the update of the service.
  public FakeAws after(long seconds, BiConsumer<FakeService, FakeDeployment> event) {
    steps.add(new Step(Duration.ofSeconds(seconds), event));
    return this;
  }

  /// Something happens before every answer, after so many seconds from the beginning.
  public synchronized void whenWaiting(LongConsumer event) {
    waiting = event;
  }

  /// An operation fails at some of its calls, counted from 1.
  public FakeAws failing(String operation, Predicate<Integer> at, AwsError error) {
    faults.put(operation, at);
    errors.put(operation, error);
    return this;
  }

  /// How often an operation was called.
  public synchronized int count(String operation) {
    return counts.getOrDefault(operation, 0);
  }

  /// Calls that change something.
  public synchronized List<String> changes() {
    return calls.stream()
        .filter(call ->
            !call.contains(":Describe")
                && !call.contains(":List")
                && !call.contains(":Get")
                && !call.contains(":BatchGet"))
        .toList();
  }

  /// Whether the network is cut for a call.
  boolean isCut(String target) {
    return cut.test(pace.elapsed(), target);
  }

  /// Whoever signs with a key that has expired is not known any more.
  ///
  /// @param signature how the call was signed, if it was
  void requireKnown(String signature) {
    if (!expiredKey.isEmpty() && signature.contains("=" + expiredKey + "/")) {
      throw new AwsError(
          400, "ExpiredTokenException", "The security token included in the request is expired");
    }
  }

  private void begin(String service, String operation) {
    calls.add(service + ":" + operation);
    waiting.accept(pace.elapsed().toSeconds());
    int count = counts.merge(operation, 1, Integer::sum);
    if (throttles.test(operation)) {
      throw new AwsError(400, "ThrottlingException", "Rate exceeded");
    }
    Predicate<Integer> at = faults.get(operation);
    if (at != null && at.test(count)) {
      throw errors.get(operation);
    }
    steps.removeIf(step -> {
      boolean due =
          !updated.equals(Instant.MAX) && !pace.instant().isBefore(updated.plus(step.after()));
      if (due) {
        step.event().accept(this.service, released);
      }
      return due;
    });
  }

  synchronized JsonNode json(String prefix, String operation, ObjectNode ask) {
    return switch (prefix) {
      case "AmazonEC2ContainerServiceV20141113" -> {
        begin("ecs", operation);
        yield ecs.answer(operation, ask);
      }
      case "AmazonEC2ContainerRegistry_V20150921" -> {
        begin("ecr", operation);
        yield ecr.answer(operation, ask);
      }
      case "AmazonSSM" -> {
        begin("ssm", operation);
        yield ssm.answer(operation, ask);
      }
      case "secretsmanager" -> {
        begin("secretsmanager", operation);
        yield secrets.answer(operation, ask);
      }
      case "Logs_20140328" -> {
        begin("logs", operation);
        yield logs.answer(operation, ask);
      }
      default -> throw new AwsError(400, "UnknownOperationException", prefix + operation);
    };
  }

  synchronized String xml(Map<String, String> form) {
    String action = form.getOrDefault("Action", "");
    String result =
        switch (action) {
          case "GetCallerIdentity" -> {
            begin("sts", action);
            yield iam.answer(action, form);
          }
          case "GetRole" -> {
            begin("iam", action);
            yield iam.answer(action, form);
          }
          case "DescribeAlarms" -> {
            begin("cloudwatch", action);
            yield alarms.answer();
          }
          default -> {
            begin("elasticloadbalancing", action);
            yield balancing.answer(action);
          }
        };
    return "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>"
        .formatted(action, result);
  }

  /// The service was updated; the story counts from the first time.
  void released(FakeDeployment started) {
    if (updated.equals(Instant.MAX)) {
      released = started;
      updated = pace.instant();
    }
  }

  /// The deployment of the first update.
  FakeDeployment released() {
    return released;
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
