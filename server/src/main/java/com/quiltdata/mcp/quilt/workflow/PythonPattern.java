package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A regular expression of others, in the notation of Python's `re`, that is searched for anywhere
/// in a text, as `re.search` does.
///
/// A search ends after a number of looks at characters, and so do all searches of one check
/// together, so that no expression runs for long. Longer expressions than 200 characters are
/// refused.
final class PythonPattern {
  private static final int MAX_CHARS = 200;

  /// Some tens of milliseconds; a text of a million characters is looked at several times.
  private static final int MAX_LOOKS = 5_000_000;

  /// Some seconds; a list of 100,000 names is searched with several expressions.
  private static final int MAX_LOOKS_OF_A_CHECK = 200_000_000;

  private static final ScopedValue<Looks> CHECK = ScopedValue.newInstance();

  private static final int FLAGS =
      Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE | Pattern.UNIX_LINES;

  private final String written;
  private final Pattern pattern;

  private PythonPattern(String written, Pattern pattern) {
    this.written = written;
    this.pattern = pattern;
  }

  /// Reads an expression.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] when Python would not read it, when it is too long, or
  ///   holds one of the few things that Java has no word for
  static PythonPattern compile(String text) {
    if (text.codePointCount(0, text.length()) > MAX_CHARS) {
      throw wrong(text, "is over %d characters".formatted(MAX_CHARS));
    }
    try {
      return new PythonPattern(text, Pattern.compile(new PatternNotation(text).java(), FLAGS));
    } catch (PatternSyntaxException | StackOverflowError e) {
      throw wrong(text, "cannot be read");
    } catch (IllegalArgumentException e) {
      throw wrong(text, String.valueOf(e.getMessage()));
    }
  }

  /// Does a check that searches often, under one limit for all of it.
  static <T> T inOneCheck(Supplier<T> check) {
    return ScopedValue.where(CHECK, new Looks(MAX_LOOKS_OF_A_CHECK, Optional.empty()))
        .call(check::get);
  }

  /// Whether the expression fits somewhere in a text.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA] when that takes too long to find out,
  ///   [FaultCode#CANCELLED] when the thread is interrupted
  boolean find(String text) {
    Optional<Looks> ofCheck = CHECK.isBound() ? Optional.of(CHECK.get()) : Optional.empty();
    try {
      return pattern
          .matcher(new Watched(text, 0, text.length(), new Looks(MAX_LOOKS, ofCheck)))
          .find();
    } catch (TooManyLooks | StackOverflowError e) {
      throw wrong(written, "takes too long to search for; write it without nested repetitions");
    }
  }

  private static Fault wrong(String text, String what) {
    return new Fault(FaultCode.CORRUPT_DATA, "the pattern %s %s".formatted(Quoted.of(text), what));
  }

  /// Thrown out of the middle of a search.
  private static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TooManyLooks() {
      super("too many looks", null, false, false);
    }
  }

  private static final class Looks {
    private final Optional<Looks> whole;
    private int left;

    private Looks(int left, Optional<Looks> whole) {
      this.left = left;
      this.whole = whole;
    }

    private void count() {
      if (--left < 0) {
        throw new TooManyLooks();
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new Fault(FaultCode.CANCELLED, "The check was given up");
      }
      whole.ifPresent(Looks::count);
    }
  }

  /// A text that counts how often it is looked at.
  private record Watched(String text, int start, int end, Looks looks) implements CharSequence {
    @Override
    public char charAt(int index) {
      looks.count();
      return text.charAt(start + index);
    }

    @Override
    public int length() {
      return end - start;
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      return new Watched(text, start + from, start + to, looks);
    }

    @Override
    public String toString() {
      return text.substring(start, end);
    }
  }
}
