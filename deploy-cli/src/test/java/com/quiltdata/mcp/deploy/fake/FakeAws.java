package com.quiltdata.mcp.deploy.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeTask;
import com.quiltdata.mcp.deploy.json.Json;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The AWS services of a release, over HTTP, in virtual time. It rejects what AWS rejects. What a
/// story does at a certain time after the update is done before the next answer.
public final class FakeAws implements AutoCloseable {
  public static final String FAMILY = "quilt-mcp-server";
  private static final String DEFINITIONS =
      "arn:aws:ecs:us-east-1:850787717197:task-definition/" + FAMILY + ":";
  private static final String OLD = "sha256:" + "0".repeat(64);

  /// An error as AWS tells it.
  public static final class AwsError extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String code;
    private final int status;

    /// An error of a service.
    public AwsError(int status, String code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }
  }

  private record Step(Duration after, BiConsumer<FakeService, FakeDeployment> event) {}

  public final VirtualPace pace = new VirtualPace();
  public final FakeService service;
  public final Map<String, String> parameters = new TreeMap<>();
  public final List<String> history = new ArrayList<>();
  public final Map<String, String> images = new TreeMap<>();
  public final Map<String, ObjectNode> definitions = new LinkedHashMap<>();
  public final List<String> calls = new ArrayList<>();
  public final List<String> logLines = new ArrayList<>(List.of("started", "ready"));
  public boolean storyApi = true;
  public String serviceDeployment = "IN_PROGRESS";

  private LongConsumer waiting = _ -> {};
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Predicate<Integer>> faults = new LinkedHashMap<>();
  private final Map<String, AwsError> errors = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private final Exchanges exchanges = new Exchanges();
  private final HttpServer server;
  private Instant updated = Instant.MAX;
  private FakeDeployment released;

  public FakeAws() {
    String running = register(definition());
    service = new FakeService(running, OLD, pace.instant());
    images.put("0.9.0", OLD);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Where it is.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Something happens some time after the update of the service.
  public FakeAws after(long seconds, BiConsumer<FakeService, FakeDeployment> event) {
    steps.add(new Step(Duration.ofSeconds(seconds), event));
    return this;
  }

  /// Something happens before every answer, after so many seconds from the beginning.
  public void whenWaiting(LongConsumer event) {
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

  private static ObjectNode definition() {
    return Json.readObject(
        """
        {"family": "quilt-mcp-server", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
         "requiresCompatibilities": ["FARGATE"], "futureMember": {"a": [1, 1.10]},
         "taskRoleArn": "arn:aws:iam::850787717197:role/ecsTaskRole",
         "executionRoleArn": "arn:aws:iam::850787717197:role/ecsTaskExecutionRole",
         "tags": [{"key": "owner", "value": "data"}],
         "containerDefinitions": [{"name": "mcp-server", "essential": true, "futureSwitch": true,
           "image": "850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:0.9.0@sha256:0000000000000000000000000000000000000000000000000000000000000000",
           "portMappings": [{"containerPort": 8000}],
           "environment": [{"name": "MCP_SERVER_VERSION", "value": "0.9.0"}, {"name": "LOG_LEVEL", "value": "INFO"}],
           "secrets": [{"name": "MCP_ENHANCED_JWT_SECRET",
             "valueFrom": "arn:aws:ssm:us-east-1:850787717197:parameter/quilt/mcp-server/jwt-secret"}],
           "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/mcp-server-production",
             "awslogs-stream-prefix": "ecs", "awslogs-region": "us-east-1"}}}]}
        """);
  }

  private String register(ObjectNode body) {
    String arn = DEFINITIONS + (definitions.size() + 1);
    definitions.put(arn, body.deepCopy());
    return arn;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    try (exchange) {
      if (target == null) {
        answerXml(exchange, body);
      } else {
        answerJson(exchange, target, body);
      }
    }
  }

  private void answerJson(HttpExchange exchange, String target, String body) throws IOException {
    int status = 200;
    JsonNode answer;
    try {
      String prefix = target.substring(0, target.indexOf('.'));
      String operation = target.substring(target.indexOf('.') + 1);
      answer = json(prefix, operation, Json.readObject(body));
    } catch (AwsError e) {
      status = e.status;
      answer = Json.object().put("__type", e.code).put("message", e.getMessage());
    }
    exchanges.json(target, body, status, answer);
    respond(exchange, status, "application/x-amz-json-1.1", Json.bytes(answer));
  }

  private void answerXml(HttpExchange exchange, String body) throws IOException {
    int status = 200;
    String answer;
    try {
      answer = xml(form(body));
    } catch (AwsError e) {
      status = e.status;
      answer =
          "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>r</RequestId></ErrorResponse>"
              .formatted(e.code, e.getMessage());
    }
    exchanges.xml(body, status, answer);
    respond(exchange, status, "text/xml", answer.getBytes(UTF_8));
  }

  private static void respond(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> form(String body) {
    return Arrays.stream(body.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair.length > 1 ? pair[1] : "", UTF_8)));
  }

  private void begin(String service, String operation) {
    calls.add(service + ":" + operation);
    waiting.accept(pace.elapsed().toSeconds());
    int count = counts.merge(operation, 1, Integer::sum);
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

  private synchronized JsonNode json(String prefix, String operation, ObjectNode ask) {
    return switch (prefix) {
      case "AmazonEC2ContainerServiceV20141113" -> {
        begin("ecs", operation);
        yield ecs(operation, ask);
      }
      case "AmazonEC2ContainerRegistry_V20150921" -> {
        begin("ecr", operation);
        yield ecr(operation, ask);
      }
      case "AmazonSSM" -> {
        begin("ssm", operation);
        yield ssm(operation, ask);
      }
      case "Logs_20140328" -> {
        begin("logs", operation);
        yield logs(operation);
      }
      default -> throw new AwsError(400, "UnknownOperationException", prefix + operation);
    };
  }

  private JsonNode ecs(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    switch (operation) {
      case "DescribeServices" -> {
        requireCluster(ask);
        var found = answer.putArray("services");
        var failures = answer.putArray("failures");
        if (ask.path("services").path(0).asString("").equals("sales-prod-mcp-server-production")) {
          found.add(service.json());
        } else {
          failures.addObject().put("arn", "x").put("reason", "MISSING");
        }
      }
      case "ListServices" -> {
        requireCluster(ask);
        answer.putArray("serviceArns").add(FakeService.ARN);
      }
      case "DescribeTaskDefinition" -> {
        String asked = ask.path("taskDefinition").asString("");
        String arn =
            asked.startsWith("arn:")
                ? asked
                : DEFINITIONS + asked.substring(asked.indexOf(':') + 1);
        ObjectNode found = definitions.get(arn);
        if (found == null) {
          throw new AwsError(400, "ClientException", "Unable to describe task definition.");
        }
        ObjectNode shown = found.deepCopy();
        JsonNode tags = shown.remove("tags");
        shown
            .put("taskDefinitionArn", arn)
            .put("revision", Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1)))
            .put("status", "ACTIVE")
            .put("registeredBy", "somebody");
        answer.set("taskDefinition", shown);
        if (tags != null) {
          answer.set("tags", tags);
        }
      }
      case "RegisterTaskDefinition" -> {
        for (String name : List.of("taskDefinitionArn", "revision", "status", "registeredBy")) {
          if (ask.has(name)) {
            throw new AwsError(400, "ClientException", "Unknown parameter " + name);
          }
        }
        answer.putObject("taskDefinition").put("taskDefinitionArn", register(ask));
      }
      case "ListTaskDefinitions" -> {
        var arns = answer.putArray("taskDefinitionArns");
        definitions.keySet().forEach(arns::add);
      }
      case "DeregisterTaskDefinition" -> answer.putObject("taskDefinition");
      case "UpdateService" -> {
        if (!service.status.equals("ACTIVE")) {
          throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        }
        String wanted = ask.path("taskDefinition").asString("");
        if (!definitions.containsKey(wanted)) {
          throw new AwsError(400, "ClientException", "TaskDefinition not found.");
        }
        FakeDeployment started = service.deploy(wanted, pace.instant());
        if (updated.equals(Instant.MAX)) {
          released = started;
          updated = pace.instant();
        }
        answer.set("service", service.json());
      }
      case "ListTasks" -> {
        String status = ask.path("desiredStatus").asString("RUNNING");
        var arns = answer.putArray("taskArns");
        service.tasks.stream()
            .filter(task -> task.status.equals(status))
            .forEach(task -> arns.add(FakeService.arn(task)));
      }
      case "DescribeTasks" -> {
        var tasks = answer.putArray("tasks");
        List<String> wanted = ask.path("tasks").valueStream().map(JsonNode::stringValue).toList();
        service.tasks.stream()
            .filter(task -> wanted.contains(FakeService.arn(task)))
            .forEach(task -> tasks.add(FakeService.json(task)));
        answer.putArray("failures");
      }
      case "ListServiceDeployments" -> {
        requireStory();
        var list = answer.putArray("serviceDeployments");
        if (released != null) {
          list.addObject().put("serviceDeploymentArn", storyArn()).put("status", serviceDeployment);
        }
      }
      case "DescribeServiceDeployments" -> {
        requireStory();
        ObjectNode one =
            answer
                .putArray("serviceDeployments")
                .addObject()
                .put("serviceDeploymentArn", storyArn())
                .put("status", serviceDeployment);
        one.putObject("targetServiceRevision").put("arn", "revision");
        one.putObject("deploymentCircuitBreaker")
            .put("status", service.breaker ? "MONITORING" : "DISABLED")
            .put("failureCount", released.failed)
            .put("threshold", 3);
        answer.putArray("failures");
      }
      case "DescribeServiceRevisions" -> {
        requireStory();
        answer
            .putArray("serviceRevisions")
            .addObject()
            .put("serviceRevisionArn", "revision")
            .put("taskDefinition", released.taskDefinition);
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private static String storyArn() {
    return "arn:aws:ecs:us-east-1:850787717197:service-deployment/sales-prod/sales-prod-mcp-server-production/abc";
  }

  private void requireStory() {
    if (!storyApi) {
      throw new AwsError(400, "AccessDeniedException", "User is not authorized to perform that");
    }
  }

  private static void requireCluster(ObjectNode ask) {
    if (!ask.path("cluster").asString("").equals("sales-prod")) {
      throw new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
    }
  }

  private JsonNode ecr(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    if (ask.has("repositoryName") && !ask.path("repositoryName").asString("").equals(FAMILY)) {
      throw new AwsError(400, "RepositoryNotFoundException", "no such repository");
    }
    switch (operation) {
      case "DescribeRepositories" -> {
        if (!ask.path("repositoryNames").path(0).asString("").equals(FAMILY)) {
          throw new AwsError(400, "RepositoryNotFoundException", "no such repository");
        }
        answer
            .putArray("repositories")
            .addObject()
            .put("repositoryName", FAMILY)
            .put("repositoryUri", "850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server")
            .put("imageTagMutability", "IMMUTABLE");
      }
      case "DescribeImages" -> {
        if (!ask.has("imageIds")) {
          var all = answer.putArray("imageDetails");
          images.forEach((name, digest) ->
              all.addObject()
                  .put("imageDigest", digest)
                  .put("imagePushedAt", 1_700_000_000 + all.size())
                  .putArray("imageTags")
                  .add(name));
          return answer;
        }
        String tag = ask.path("imageIds").path(0).path("imageTag").asString("");
        if (!images.containsKey(tag)) {
          throw new AwsError(400, "ImageNotFoundException", "no such image");
        }
        answer
            .putArray("imageDetails")
            .addObject()
            .put("imageDigest", images.get(tag))
            .put("imagePushedAt", 1_700_000_000)
            .putArray("imageTags")
            .add(tag);
      }
      case "BatchDeleteImage" -> {
        var removed = answer.putArray("imageIds");
        ask.path("imageIds")
            .forEach(id -> {
              images.values().remove(id.path("imageDigest").asString(""));
              removed.add(id);
            });
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private JsonNode ssm(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    String name = ask.path("Name").asString("");
    switch (operation) {
      case "PutParameter" -> {
        if (!ask.path("Overwrite").asBoolean(false) && parameters.containsKey(name)) {
          throw new AwsError(400, "ParameterAlreadyExists", "it exists");
        }
        parameters.put(name, ask.path("Value").stringValue());
        if (name.endsWith("/deployments")) {
          history.add(ask.path("Value").stringValue());
        }
        answer.put("Version", 1);
      }
      case "GetParameter" -> {
        requireParameter(name);
        answer.putObject("Parameter").put("Name", name).put("Value", parameters.get(name));
      }
      case "DeleteParameter" -> {
        requireParameter(name);
        parameters.remove(name);
      }
      case "GetParameterHistory" -> {
        requireParameter(name);
        var list = answer.putArray("Parameters");
        history.forEach(value -> list.addObject().put("Name", name).put("Value", value));
      }
      case "DescribeParameters" -> {
        String wanted = ask.path("ParameterFilters").path(0).path("Values").path(0).asString("");
        var list = answer.putArray("Parameters");
        if (wanted.equals("/quilt/mcp-server/jwt-secret") || parameters.containsKey(wanted)) {
          list.addObject().put("Name", wanted);
        }
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private void requireParameter(String name) {
    if (!parameters.containsKey(name)) {
      throw new AwsError(400, "ParameterNotFound", "no such parameter");
    }
  }

  private JsonNode logs(String operation) {
    ObjectNode answer = Json.object();
    switch (operation) {
      case "DescribeLogGroups" ->
          answer
              .putArray("logGroups")
              .addObject()
              .put("logGroupName", "/ecs/mcp-server-production");
      case "FilterLogEvents" -> {
        var list = answer.putArray("events");
        logLines.forEach(line ->
            list.addObject()
                .put("eventId", line)
                .put("timestamp", pace.instant().toEpochMilli())
                .put("message", line));
      }
      case "GetLogEvents" -> {
        var list = answer.putArray("events");
        logLines.forEach(line -> list.addObject().put("timestamp", 1).put("message", line));
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private synchronized String xml(Map<String, String> form) {
    String action = form.getOrDefault("Action", "");
    return switch (action) {
      case "GetCallerIdentity" -> {
        begin("sts", action);
        yield answer(
            action,
            "<Arn>arn:aws:sts::850787717197:assumed-role/release/alice</Arn><UserId>U</UserId><Account>850787717197</Account>");
      }
      case "GetRole" -> {
        begin("iam", action);
        yield answer(
            action,
            "<Role><RoleName>r</RoleName><AssumeRolePolicyDocument>%7B%22Service%22%3A%22ecs-tasks.amazonaws.com%22%7D</AssumeRolePolicyDocument></Role>");
      }
      case "DescribeTargetGroups" -> {
        begin("elasticloadbalancing", action);
        yield answer(
            action,
            "<TargetGroups><member><TargetGroupArn>%s</TargetGroupArn><LoadBalancerArns><member>alb</member></LoadBalancerArns></member></TargetGroups>"
                .formatted(FakeService.GROUP));
      }
      case "DescribeTargetHealth" -> {
        begin("elasticloadbalancing", action);
        yield answer(
            action,
            service.tasks.stream()
                .filter(task -> !task.status.equals("STOPPED"))
                .map(FakeAws::target)
                .collect(
                    Collectors.joining(
                        "", "<TargetHealthDescriptions>", "</TargetHealthDescriptions>")));
      }
      default -> throw new AwsError(400, "InvalidAction", action);
    };
  }

  private static String target(FakeTask task) {
    return "<member><Target><Id>%s</Id><Port>8000</Port></Target><TargetHealth><State>%s</State>%s</TargetHealth></member>"
        .formatted(
            task.address,
            task.targetState,
            task.targetReason.isEmpty() ? "" : "<Reason>" + task.targetReason + "</Reason>");
  }

  private static String answer(String action, String result) {
    return "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>"
        .formatted(action, result);
  }

  @Override
  public void close() {
    server.stop(0);
    exchanges.write();
  }
}
