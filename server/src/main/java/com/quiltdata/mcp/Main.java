package com.quiltdata.mcp;

/// Start of the program.
public final class Main {
  private Main() {}

  /// Runs the command line.
  ///
  /// @param args as the shell gave them
  public static void main(String[] args) {
    System.exit(0);
  }
}
