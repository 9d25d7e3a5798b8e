/// The program: [Main] hands the command line over and nothing else.
@NullMarked
package com.quiltdata.mcp;

import org.jspecify.annotations.NullMarked;
