package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/// Content type and metadata of an object, in an extended attribute of its file: written before the
/// file gets its name, so both appear at once, and nothing else lies beside the file.
///
/// Files that users place have none. Tools that copy files often drop such attributes.
final class KeptOptions {
  private static final String ATTRIBUTE = "quilt-mcp";
  private static final String CONTENT_TYPE = "";

  private KeptOptions() {}

  /// What is kept with a file; nothing for a file of somebody else.
  static PutOptions read(Path file) {
    try {
      UserDefinedFileAttributeView view = view(file);
      if (!view.list().contains(ATTRIBUTE)) {
        return PutOptions.NONE;
      }
      ByteBuffer bytes = ByteBuffer.allocate(view.size(ATTRIBUTE));
      view.read(ATTRIBUTE, bytes);
      return parse(UTF_8.decode(bytes.flip()).toString());
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notKept) {
      // Not every file system has such attributes; the object is readable all the same.
      return PutOptions.NONE;
    }
  }

  /// Keeps options with a file. Where that cannot be done a content type is let go, for the name
  /// gives one as well, but metadata are not.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when metadata cannot be kept
  static void write(Path file, PutOptions options) {
    if (options.contentType().isEmpty() && options.metadata().isEmpty()) {
      return;
    }
    try {
      view(file).write(ATTRIBUTE, UTF_8.encode(format(options)));
    } catch (IOException | UnsupportedOperationException e) {
      if (!options.metadata().isEmpty()) {
        throw new Fault(
            FaultCode.INVALID_ARGUMENT,
            "This local folder cannot keep so much metadata with an object: leave them out",
            e);
      }
    }
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return Optional.ofNullable(
            Files.getFileAttributeView(
                file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS))
        .orElseThrow(UnsupportedOperationException::new);
  }

  private static String format(PutOptions options) {
    StringJoiner pairs = new StringJoiner("&");
    options.contentType().ifPresent(type -> pairs.add(pair(CONTENT_TYPE, type)));
    options.metadata().forEach((name, value) -> pairs.add(pair(name, value)));
    return pairs.toString();
  }

  private static String pair(String name, String value) {
    return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static PutOptions parse(String text) {
    Map<String, String> all = new HashMap<>();
    for (String pair : List.of(text.split("&"))) {
      int sign = pair.indexOf('=');
      if (sign >= 0) {
        all.put(
            URLDecoder.decode(pair.substring(0, sign), UTF_8),
            URLDecoder.decode(pair.substring(sign + 1), UTF_8));
      }
    }
    return new PutOptions(Optional.ofNullable(all.remove(CONTENT_TYPE)), all);
  }
}
