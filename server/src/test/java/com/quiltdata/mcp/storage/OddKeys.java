package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;
import java.util.TreeSet;

/// Keys that S3 takes and file systems do not.
public final class OddKeys {
  private static final int MAX_KEY_BYTES = 1_024;
  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          "/",
          "a",
          "b",
          "A",
          ".",
          "..",
          " ",
          "%",
          "%!",
          "%+",
          "%-",
          "%~",
          "!",
          "%2F",
          "\\",
          ":",
          "*",
          "?",
          "\"",
          "<",
          ">",
          "|",
          "\0",
          "\n",
          "\u0001",
          "\u007f",
          "\u0085",
          "~",
          "+",
          "#",
          "&",
          "=",
          "é",
          "e\u0301",
          "한",
          "\u1112\u1161\u11ab",
          "\ufffd",
          "\uffff",
          "\ue000",
          "😀",
          "𐀀",
          "\u202e",
          "con",
          "nul.txt",
          "x".repeat(90),
          "й".repeat(70),
          "?".repeat(80));

  private OddKeys() {}

  /// Keys chosen by hand, each with its own trap.
  public static List<String> chosen() {
    List<String> keys = new ArrayList<>();
    keys.addAll(List.of("a", "a/", "a//", "a/b", "a//b", "a/b/", "a!", "a0", "a.b", "/", "//"));
    keys.addAll(
        List.of("/a", "//a", "./a", "../a", "a/../b", "a/./b", ".", "..", "...", ".hidden"));
    keys.addAll(List.of("trailing.", "trailing ", " leading", "a\\b", "C:\\x", "a:b", "a:b/c"));
    keys.addAll(List.of("*", "?", "what?", "\"", "<>", "|", "nul", "CON.txt", "com1", "a\0b"));
    keys.addAll(List.of("a\nb", "\u007f", "\u0085", "tab\t/x", "%", "%41", "%2F", "%2e%2e/x", "+"));
    keys.addAll(List.of("%!", "%!a", "%!a/b", "%+", "%+a/b", "%-", "%-a", "%~", "%~x", "%!%3A"));
    keys.addAll(List.of("caf\u00e9", "cafe\u0301", "caf\u00e9/x", "cafe\u0301/x", "#", "a?b=c"));
    keys.addAll(List.of("日本語.csv", "😀/𐀀", "\uffff", "\ue000", "\ufffd", "\u202egnp.exe"));
    keys.add("x".repeat(MAX_KEY_BYTES));
    keys.add("x".repeat(255) + "/" + "y".repeat(256));
    keys.add("x".repeat(256) + "/y");
    keys.add("x".repeat(256));
    keys.add("?".repeat(MAX_KEY_BYTES));
    keys.add("?".repeat(MAX_KEY_BYTES - 2) + "/a");
    keys.add("/".repeat(MAX_KEY_BYTES));
    keys.add("é".repeat(MAX_KEY_BYTES / 2));
    keys.add("d/".repeat(MAX_KEY_BYTES / 2));
    keys.add("../".repeat(MAX_KEY_BYTES / 3) + "x");
    keys.add("%" + "!".repeat(254));
    return keys;
  }

  /// Those of the chosen keys that need few folders, for tests that use many at once.
  public static List<String> shallow() {
    return chosen().stream().filter(key -> key.split("/", -1).length < 100).toList();
  }

  /// Keys made of pieces that file systems treat in their own ways, in key order.
  public static SequencedSet<String> random(long seed, int count) {
    Random random = new Random(seed);
    TreeSet<String> keys = new TreeSet<>(new KeyOrder());
    while (keys.size() < count) {
      StringBuilder key = new StringBuilder();
      int pieces = 1 + random.nextInt(random.nextInt(8) == 0 ? 40 : 6);
      for (int i = 0; i < pieces; i++) {
        key.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      if (key.toString().getBytes(UTF_8).length <= MAX_KEY_BYTES) {
        keys.add(key.toString());
      }
    }
    return keys;
  }
}
