package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.List;
import java.util.stream.Collectors;

/// How arguments of one call must fit each other, beyond what each must be by itself. Documents
/// show the rules of a tool.
public sealed interface ArgumentRule {
  /// An argument that means nothing without another one.
  ///
  /// @param argument which
  /// @param other what it needs
  /// @param refusal what a call is told that breaks the rule
  record Needs(String argument, String other, String refusal) implements ArgumentRule {}

  /// Arguments of which a call gives one at least.
  ///
  /// @param arguments which
  /// @param refusal what a call is told that breaks the rule
  record AnyOf(List<String> arguments, String refusal) implements ArgumentRule {
    /// Copies the list.
    public AnyOf {
      arguments = List.copyOf(arguments);
    }
  }

  /// Members of which each item of a list has one and no more. The tool checks each item by itself.
  ///
  /// @param list the argument that holds the items
  /// @param members which; an empty text is there
  /// @param refusal what is told of an item that breaks the rule
  record OneInEach(String list, List<String> members, String refusal) implements ArgumentRule {
    /// Copies the list.
    public OneInEach {
      members = List.copyOf(members);
    }

    /// Holds an item to the rule.
    ///
    /// @throws Fault [FaultCode#INVALID_ARGUMENT]
    public void check(Arguments item) {
      if (members.stream().filter(item::isGiven).count() != 1) {
        throw new Fault(FaultCode.INVALID_ARGUMENT, refusal);
      }
    }
  }

  /// A rule that takes more than the arguments to decide: the tool holds calls to it.
  ///
  /// @param words the rule, one sentence without its full stop
  record Told(String words) implements ArgumentRule {}

  /// The rule for people, one sentence without its full stop, in Markdown.
  default String inWords() {
    return switch (this) {
      case Needs(String argument, String other, _) ->
          "`%s` goes with `%s` only".formatted(argument, other);
      case AnyOf(List<String> arguments, _) -> "One of %s at least".formatted(code(arguments));
      case OneInEach(String list, List<String> members, _) ->
          "Each of `%s` has one of %s and no more".formatted(list, code(members));
      case Told(String words) -> words;
    };
  }

  private static String code(List<String> names) {
    return names.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
  }

  /// Holds the arguments of a call to the rule, as far as they alone decide.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  default void checkCall(Arguments arguments) {
    switch (this) {
      case Needs(String argument, String other, String refusal) -> {
        if (arguments.isFilled(argument) && !arguments.isFilled(other)) {
          throw new Fault(FaultCode.INVALID_ARGUMENT, refusal);
        }
      }
      case AnyOf(List<String> names, String refusal) -> {
        if (names.stream().noneMatch(arguments::isFilled)) {
          throw new Fault(FaultCode.INVALID_ARGUMENT, refusal);
        }
      }
      case OneInEach _, Told _ -> {
        // The tool does.
      }
    }
  }
}
