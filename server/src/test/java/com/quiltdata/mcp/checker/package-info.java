/// An independent judge of registries: [RegistryChecker] reads one as a folder of files or over
/// plain HTTP and says what breaks the package format.
///
/// Written from the description of the format alone. It imports nothing of this program and shares
/// no code with it, so that both do not make the same mistake.
package com.quiltdata.mcp.checker;
