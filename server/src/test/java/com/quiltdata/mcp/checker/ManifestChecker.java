package com.quiltdata.mcp.checker;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Judges one manifest and the bytes it names.
final class ManifestChecker {
  private static final int MAX_LINE = 1_000_000;
  private static final List<String> HEADER = List.of("version", "user_meta", "workflow", "message");
  private static final List<String> ENTRY =
      List.of("logical_key", "physical_keys", "size", "hash", "meta");
  private static final Pattern S3 =
      Pattern.compile("s3://([^/?#]+)/([^?#]*)(?:\\?versionId=([^&#]+))?");
  private static final Pattern FILE = Pattern.compile("file://(/[^?#]*)");

  private final Shelf shelf;
  private final String name;
  private final List<String> problems;
  private final MessageDigest digest = ReferenceHash.sha256();
  private final Set<String> folders = new TreeSet<>();
  private final Set<String> files = new TreeSet<>();
  private String last = "";

  ManifestChecker(Shelf shelf, String name, List<String> problems) {
    this.shelf = shelf;
    this.name = name;
    this.problems = problems;
  }

  private void problem(String text) {
    problems.add("manifest %s: %s".formatted(name, text));
  }

  void check(byte[] file) throws IOException {
    if (file.length == 0 || file[file.length - 1] != '\n') {
      problem("does not end with a line feed");
    }
    int number = 0;
    int start = 0;
    for (int i = 0; i < file.length; i++) {
      if (file[i] == '\n') {
        number++;
        line(number, text(ByteBuffer.wrap(file, start, i - start)));
        start = i + 1;
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    if (!hash.equals(name)) {
      problem("the top hash of its content is %s".formatted(hash));
    }
  }

  private String text(ByteBuffer bytes) {
    if (bytes.remaining() > MAX_LINE) {
      problem("a line of %d bytes".formatted(bytes.remaining()));
    }
    try {
      return UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      problem("not UTF-8");

      return "{}";
    }
  }

  private void line(int number, String text) throws IOException {
    JsonNode json = JsonMapper.shared().readTree(text);
    if (!PythonText.FILE.of(json).equals(text)) {
      problem("line %d is not in the text form of the official client: %s".formatted(number, text));
    }
    if (number == 1) {
      header(json);
    } else if (json.has("physical_keys")) {
      entry(json);
    } else if (!String.valueOf(json.path("logical_key").asString("")).endsWith("/")) {
      problem("line %d is neither an entry nor a folder".formatted(number));
    }
  }

  private void header(JsonNode json) {
    if (!json.path("version").asString("").equals("v0")) {
      problem("its version is not v0");
    }
    List<String> names = new ArrayList<>(json.propertyNames());
    if (!names.equals(HEADER.stream().filter(names::contains).toList())) {
      problem("its header has other members, or in another order: %s".formatted(names));
    }
    JsonNode message = json.get("message");
    if (message == null || !(message.isNull() || message.isString())) {
      problem("its message is neither null nor text");
    }
    digest.update(PythonText.CANONICAL.of(json).getBytes(US_ASCII));
  }

  private void entry(JsonNode json) throws IOException {
    List<String> names = new ArrayList<>(json.propertyNames());
    if (!names.equals(ENTRY)) {
      problem("an entry has the members %s".formatted(names));
      return;
    }
    String key = json.get("logical_key").stringValue();
    key(key);
    ObjectNode counted = JsonMapper.shared().createObjectNode();
    for (String member : List.of("hash", "logical_key", "meta", "size")) {
      counted.set(member, json.get(member));
    }
    digest.update(PythonText.CANONICAL.of(counted).getBytes(US_ASCII));
    if (json.get("physical_keys").size() != 1) {
      problem("%s has %d physical keys".formatted(key, json.get("physical_keys").size()));
      return;
    }
    bytes(key, json);
  }

  private void key(String key) {
    for (String part : key.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        problem("the logical key %s has a bad part".formatted(key));
      }
    }
    if (!last.isEmpty() && compare(last, key) >= 0) {
      problem("%s stands behind %s".formatted(key, last));
    }
    last = key;
    if (!files.add(key) || folders.contains(key)) {
      problem("%s stands there twice, or is a folder too".formatted(key));
    }
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      folders.add(key.substring(0, slash));
      if (files.contains(key.substring(0, slash))) {
        problem("%s is a file and a folder".formatted(key.substring(0, slash)));
      }
    }
  }

  /// Part by part, by code points, a shorter list of parts first.
  private static int compare(String left, String right) {
    List<String> a = List.of(left.split("/", -1));
    List<String> b = List.of(right.split("/", -1));
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int order = PythonText.CODE_POINTS.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private void bytes(String key, JsonNode json) throws IOException {
    String place = json.get("physical_keys").get(0).stringValue();
    long size = json.get("size").longValue();
    String type = json.get("hash").get("type").stringValue();
    Optional<InputStream> opened = open(place);
    if (opened.isEmpty()) {
      problem("the bytes of %s are not there: %s".formatted(key, place));
      return;
    }
    try (Counted counted = new Counted(new BufferedInputStream(opened.get()))) {
      String value = ReferenceHash.value(type, counted, size);
      if (counted.count != size) {
        problem("%s has %d bytes, not %d".formatted(key, counted.count, size));
      }
      if (!value.equals(json.get("hash").get("value").stringValue())) {
        problem("the bytes of %s have another hash".formatted(key));
      }
    }
  }

  private Optional<InputStream> open(String place) throws IOException {
    Matcher file = FILE.matcher(place);
    if (file.matches()) {
      return spelled(file.group(1)) ? shelf.file(Percent.decode(file.group(1))) : Optional.empty();
    }
    Matcher s3 = S3.matcher(place);
    if (s3.matches()) {
      return spelled(s3.group(2))
          ? shelf.object(
              s3.group(1),
              Percent.decode(s3.group(2)),
              Optional.ofNullable(s3.group(3)).map(Percent::decode))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private boolean spelled(String path) {
    boolean spelled = Percent.encode(Percent.decode(path), "/").equals(path);
    if (!spelled) {
      problem("the physical key %s is not encoded as the official client does".formatted(path));
    }
    return spelled;
  }

  private static final class Counted extends java.io.FilterInputStream {
    private long count;

    private Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b >= 0 ? 1 : 0;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
