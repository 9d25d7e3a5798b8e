package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The one place that knows which tool arguments name storage, and which bucket each of them names.
///
/// It looks at the top level of the arguments and reads them with the same parsers as the tools do,
/// so that what is checked is what is used. An empty text names no bucket (several tools take it
/// for "not given"). A text where a list belongs, and a list where a text belongs, are looked into
/// all the same, should a tool be lenient. Any other type names nothing: argument validation
/// refuses it, before or after this check, and the tool does not see it.
public final class StorageArguments {
  private static final String SCHEME = "s3://";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9._-]{1,80}");
  private static final List<Argument> ARGUMENTS =
      List.of(
          new Argument("bucket", Form.BUCKET),
          new Argument("bucket_name", Form.BUCKET),
          new Argument("registry", Form.BUCKET),
          new Argument("source_bucket", Form.BUCKET),
          new Argument("target_registry", Form.BUCKET),
          new Argument("check_buckets", Form.BUCKET),
          new Argument("s3_uri", Form.URI),
          new Argument("s3_uris", Form.URI),
          new Argument("data", Form.CONTENT_OR_URI));

  private StorageArguments() {}

  /// The names of all arguments that can name storage. A tool must not give such an argument
  /// another name.
  public static Set<String> names() {
    return ARGUMENTS.stream().map(Argument::name).collect(Collectors.toUnmodifiableSet());
  }

  /// Finds the buckets.
  ///
  /// @param arguments the `arguments` of a call, an object
  /// @return all buckets they name, or the first text that cannot be read
  public static NamedBuckets in(JsonNode arguments) {
    Set<BucketName> buckets = new LinkedHashSet<>();
    for (Argument argument : ARGUMENTS) {
      for (String text : texts(arguments.path(argument.name()))) {
        try {
          argument.form().collect(text, buckets);
        } catch (Fault fault) {
          return malformed(argument.form(), text, fault);
        }
      }
    }
    return new NamedBuckets.Named(buckets);
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    for (JsonNode entry : value.isArray() ? value : List.of(value)) {
      if (entry.isString() && !entry.stringValue().isEmpty()) {
        texts.add(entry.stringValue());
      }
    }
    return texts;
  }

  /// A denial in the documented words wherever the text has something like a name, so that asking
  /// for a bucket that cannot exist is answered like asking for one that is out of reach.
  private static NamedBuckets.Malformed malformed(Form form, String text, Fault fault) {
    String name = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
    if (form != Form.BUCKET && name.indexOf('/') >= 0) {
      name = name.substring(0, name.indexOf('/'));
    }
    // Where other readers of URIs look for the host.
    name = name.substring(name.lastIndexOf('@') + 1);
    return new NamedBuckets.Malformed(
        form == Form.BUCKET ? FaultCode.INVALID_BUCKET : FaultCode.INVALID_S3_URI,
        PLAIN_NAME.matcher(name).matches() && fault.code() == FaultCode.INVALID_BUCKET
            ? Decision.noAccessTo(name)
            : fault.text());
  }

  private record Argument(String name, Form form) {}

  /// How the text of an argument names a bucket.
  private enum Form {
    /// `name`, `s3://name` or `s3://name/`.
    BUCKET {
      @Override
      void collect(String text, Set<BucketName> buckets) {
        buckets.add(BucketName.parse(text));
      }
    },
    /// `s3://name`, `s3://name/` or `s3://name/key`.
    URI {
      @Override
      void collect(String text, Set<BucketName> buckets) {
        int slash = text.indexOf('/', SCHEME.length());
        boolean hasKey = slash >= 0 && slash < text.length() - 1;
        if (text.startsWith(SCHEME)) {
          // First, so that a bad name is told apart from what else can be wrong.
          BucketName name = BucketName.parse(slash < 0 ? text : text.substring(0, slash));
          buckets.add(hasKey ? ObjectLocation.parse(text).bucket() : name);
        } else {
          buckets.add(ObjectLocation.parse(text).bucket());
        }
      }
    },
    /// As [#URI] if it looks like one, however badly written, else content.
    CONTENT_OR_URI {
      @Override
      void collect(String text, Set<BucketName> buckets) {
        if (text.stripLeading().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
          URI.collect(text, buckets);
        }
      }
    };

    abstract void collect(String text, Set<BucketName> buckets);
  }
}
