package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.resource.ResourceCatalog;
import com.quiltdata.mcp.tool.ToolCatalog;

/// All that a server offers.
///
/// @param tools to call
/// @param resources to read
/// @param prompts to choose from
public record Catalogs(ToolCatalog tools, ResourceCatalog resources, PromptCatalog prompts) {}
