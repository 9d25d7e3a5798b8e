/// The command line: one class a sub-command. Work is done by other packages.
///
/// [QuiltMcpCommand] is the root. Imports `app`, `config`, `auth`, `proxy` and picocli, which
/// nobody else imports. To add a sub-command, write a class and name it in [QuiltMcpCommand].
@NullMarked
package com.quiltdata.mcp.command;

import org.jspecify.annotations.NullMarked;
