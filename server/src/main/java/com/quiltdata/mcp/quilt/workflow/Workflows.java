package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// The workflows of one registry. Thread-safe; reads the config anew for each push.
public final class Workflows {
  private static final String CONFIG = ".quilt/workflows/config.yml";

  private final BucketName bucket;
  private final StoredFiles files;

  /// The workflows of a bucket.
  ///
  /// @param store reaches the bucket, and the schemas it names, with the rights of the caller
  /// @param bucket holds the packages
  /// @param reach which buckets the caller may read, for a config may name schemas in any
  public Workflows(ObjectStore store, BucketName bucket, Predicate<BucketName> reach) {
    this.bucket = bucket;
    this.files = new StoredFiles(store, reach);
  }

  /// Holds a push to the workflow that was chosen.
  ///
  /// @param choice which workflow
  /// @param submission what is pushed
  /// @return the member `workflow` of the header, with the addresses of config and schemas as they
  ///   were read; empty when the registry has no workflows
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] with the official text when a rule is broken;
  ///   [FaultCode#CORRUPT_DATA] when config or schema cannot be used
  public Optional<ObjectNode> check(WorkflowChoice choice, Submission submission) {
    Optional<StoredFiles.Stored> stored = files.find(ObjectLocation.of(bucket, CONFIG));
    if (stored.isEmpty()) {
      requireNoneNamed(choice);
      return Optional.empty();
    }
    WorkflowConfig config = ConfigReader.read(stored.get().bytes(), bucket);
    Optional<Workflow> workflow = config.choose(choice);
    ObjectNode member = StrictJson.NODES.objectNode();
    member.put("id", workflow.map(Workflow::id).orElse(null));
    member.put("config", stored.get().url());
    workflow.ifPresent(chosen -> {
      Map<String, SchemaFile> schemas = load(chosen, config, stored.get().isFile());
      chosen.check(submission, schemas);
      if (!schemas.isEmpty()) {
        ObjectNode urls = member.putObject("schemas");
        schemas.forEach((id, schema) -> urls.put(id, schema.url()));
      }
    });
    return Optional.of(member);
  }

  private void requireNoneNamed(WorkflowChoice choice) {
    String named =
        switch (choice) {
          case WorkflowChoice.ByDefault() -> "";
          case WorkflowChoice.None() -> "No workflow was asked for";
          case WorkflowChoice.Named(String id) -> "Workflow %s was named".formatted(Quoted.of(id));
        };
    if (!named.isEmpty()) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "%s, but registry s3://%s has no workflows config (%s); leave the workflow out"
              .formatted(named, bucket, CONFIG));
    }
  }

  /// All schemas are there before the first rule is checked.
  private Map<String, SchemaFile> load(Workflow workflow, WorkflowConfig config, boolean isFile) {
    Map<String, SchemaFile> schemas = new LinkedHashMap<>();
    for (String id : workflow.schemas()) {
      schemas.put(id, SchemaFile.load(id, config.schemaUrl(id), files, isFile));
    }
    return schemas;
  }
}
