package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ECR: one repository, whose tags are immutable.
final class FakeEcr {
  /// Where layers are downloaded.
  static final String LAYERS = "/layers/";

  /// Of the user `AWS`.
  static final String PASSWORD = "ecr-password";

  final Map<String, String> images = new TreeMap<>();
  final Map<String, ObjectNode> configurations = new TreeMap<>();
  private final FakeAws aws;

  FakeEcr(FakeAws aws) {
    this.aws = aws;
  }

  /// A configuration, by the digest of its image: the fake calls it by that too.
  byte[] layer(String path) {
    return Json.bytes(configurations.get(path.substring(LAYERS.length())));
  }

  JsonNode answer(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    if (ask.has("repositoryName")
        && !ask.path("repositoryName").asString("").equals(FakeAws.FAMILY)) {
      throw new AwsError(400, "RepositoryNotFoundException", "no such repository");
    }
    switch (operation) {
      case "GetAuthorizationToken" ->
          answer
              .putArray("authorizationData")
              .addObject()
              .put("authorizationToken", FakeRegistry.basic("AWS", PASSWORD))
              .put("expiresAt", 1_700_043_200)
              .put("proxyEndpoint", "https://850787717197.dkr.ecr.us-east-1.amazonaws.com");
      case "DescribeRepositories" -> {
        if (!ask.path("repositoryNames").path(0).asString("").equals(FakeAws.FAMILY)) {
          throw new AwsError(400, "RepositoryNotFoundException", "no such repository");
        }
        answer
            .putArray("repositories")
            .addObject()
            .put("repositoryName", FakeAws.FAMILY)
            .put("repositoryUri", "850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server")
            .put("imageTagMutability", aws.mutable ? "MUTABLE" : "IMMUTABLE");
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
      case "BatchGetImage" -> {
        String digest = ask.path("imageIds").path(0).path("imageDigest").asString("");
        answer.putArray("failures");
        var found = answer.putArray("images");
        if (images.containsValue(digest)) {
          ObjectNode manifest = Json.object().put("schemaVersion", 2);
          if (configurations.containsKey(digest)) {
            manifest.putObject("config").put("digest", digest);
          }
          found.addObject().put("imageManifest", Json.text(manifest));
        }
      }
      case "GetDownloadUrlForLayer" -> {
        String digest = ask.path("layerDigest").asString("");
        if (!configurations.containsKey(digest)) {
          throw new AwsError(400, "LayersNotFoundException", "no such layer");
        }
        answer.put("downloadUrl", aws.uri() + LAYERS + digest).put("layerDigest", digest);
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
}
