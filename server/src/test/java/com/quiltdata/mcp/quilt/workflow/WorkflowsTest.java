package com.quiltdata.mcp.quilt.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class WorkflowsTest {
  private static final String CONFIG = ".quilt/workflows/config.yml";
  private static final BucketName BUCKET = new BucketName("some-bucket");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void recordsThatNoWorkflowWasChosenWhereThatIsAllowed() {
    store.addBucket("some-bucket");
    add(CONFIG, "version: '1'\nis_workflow_required: false\nworkflows: {}");
    String expected = "{\"id\":null,\"config\":\"s3://some-bucket/.quilt/workflows/config.yml\"}";
    assertThat(check(WorkflowChoice.DEFAULT)).hasToString(expected);
    assertThat(check(new WorkflowChoice.None())).hasToString(expected);
  }

  @Test
  void readsTheVersionOfASchemaThatTheConfigPins() {
    store.addVersionedBucket("some-bucket");
    store.addVersion("some-bucket", "a b.json", "v1", "{\"type\": \"object\"}".getBytes(UTF_8));
    store.addVersion("some-bucket", "a b.json", "v2", "{\"type\": \"null\"}".getBytes(UTF_8));
    store.addVersion(
        "some-bucket", CONFIG, "c1", config("s3://some-bucket/a%20b.json?versionId=v1"));
    assertThat(check(WorkflowChoice.DEFAULT).path("schemas").path("m").stringValue())
        .isEqualTo("s3://some-bucket/a%20b.json?versionId=v1");
    store.addVersion("some-bucket", CONFIG, "c2", config("s3://some-bucket/a%20b.json"));
    assertThat(fault(WorkflowChoice.DEFAULT))
        .isEqualTo("Metadata failed validation: {} is not of type 'null'.");
  }

  @Test
  void saysWhichSchemaCannotBeUsed() {
    store.addBucket("some-bucket");
    add(CONFIG, new String(config("s3://some-bucket/none.json"), UTF_8));
    assertThat(fault(WorkflowChoice.DEFAULT))
        .isEqualTo("Schema 'm' of the workflows config cannot be used: is not there");
    add(CONFIG, new String(config("file:///etc/passwd"), UTF_8));
    assertThat(fault(WorkflowChoice.DEFAULT))
        .isEqualTo(
            "Schema 'm' of the workflows config cannot be used: "
                + "is a file of some host, and the registry is a bucket");
    add(CONFIG, new String(config("s3://some-bucket/m.json"), UTF_8));
    add("m.json", "{");
    assertThat(fault(WorkflowChoice.DEFAULT))
        .startsWith("Schema 'm' of the workflows config cannot be used: the text is not JSON");
  }

  @Test
  void readsNoSchemaOfABucketThatIsOutOfReach() {
    store.addBucket("some-bucket");
    store.addBucket("other-bucket");
    store.add("other-bucket", "m.json", "{}".getBytes(UTF_8));
    add(CONFIG, new String(config("s3://other-bucket/m.json"), UTF_8));
    assertThat(fault(WorkflowChoice.DEFAULT)).isEqualTo("Access denied to bucket other-bucket");
  }

  @Test
  void looksAtMetadataOfEntriesOfAWorkflowThatWantsIt() {
    store.addBucket("some-bucket");
    add(
        CONFIG,
        """
        version: "1"
        default_workflow: w
        workflows: {w: {name: W, entries_schema: e}}
        schemas: {e: {url: s3://some-bucket/e.json}}
        """);
    add("e.json", "{\"items\": {\"properties\": {\"meta\": {\"required\": [\"a\"]}}}}");
    ObjectNode meta = StrictJson.NODES.objectNode();
    meta.putObject("user_meta").put("a", 1);
    ManifestEntry good = TestEntries.entry("x", 1, meta);
    ManifestEntry bad = TestEntries.entry("y", 1, StrictJson.NODES.objectNode());
    assertThat(workflows().check(WorkflowChoice.DEFAULT, submission(List.of(good)))).isPresent();
    assertThat(fault(List.of(good, bad)).text())
        .isEqualTo("Package entries failed validation: 'a' is a required property.");
    assertThat(fault(Collections.nCopies(Workflow.MAX_ENTRIES + 1, good)).code())
        .isEqualTo(FaultCode.TOO_LARGE);
  }

  private static byte[] config(String url) {
    return """
    version: "1"
    default_workflow: w
    workflows: {w: {name: W, metadata_schema: m}}
    schemas: {m: {url: "%s"}}
    """
        .formatted(url)
        .getBytes(UTF_8);
  }

  private void add(String key, String text) {
    store.add("some-bucket", key, text.getBytes(UTF_8));
  }

  private Workflows workflows() {
    return new Workflows(store, BUCKET, BUCKET::equals);
  }

  private ObjectNode check(WorkflowChoice choice) {
    return workflows().check(choice, submission(List.of())).orElseThrow();
  }

  private String fault(WorkflowChoice choice) {
    return catchThrowableOfType(Fault.class, () -> workflows().check(choice, submission(List.of())))
        .text();
  }

  private Fault fault(List<ManifestEntry> entries) {
    return catchThrowableOfType(
        Fault.class, () -> workflows().check(WorkflowChoice.DEFAULT, submission(entries)));
  }

  private static Submission submission(List<ManifestEntry> entries) {
    return new Submission(
        PackageName.parse("lab/x"), Optional.empty(), Optional.empty(), TestEntries.of(entries));
  }
}
