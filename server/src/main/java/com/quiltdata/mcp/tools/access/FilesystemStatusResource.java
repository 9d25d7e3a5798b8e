package com.quiltdata.mcp.tools.access;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.resource.Resource;
import com.quiltdata.mcp.resource.ResourceCall;
import com.quiltdata.mcp.resource.ResourceContents;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// `auth://filesystem/status`: folders of this host, for the person who sits at it and nobody else.
final class FilesystemStatusResource implements Resource {
  private final HostFolders folders;

  FilesystemStatusResource(HostFolders folders) {
    this.folders = folders;
  }

  @Override
  public ResourceSpec spec() {
    return new ResourceSpec(
        new ResourceSpec.Address.Fixed("auth://filesystem/status"),
        "Filesystem Status",
        "Filesystem status",
        "Home, temporary and current folder of a server on the user's own machine, and whether they can be written.",
        "application/json",
        ToolNeeds.nothing());
  }

  @Override
  public ResourceContents read(ResourceCall call) {
    ObjectNode status = StrictJson.NODES.objectNode();
    switch (call.caller()) {
      case Caller.Local _ -> {
        status.put("status", "ok");
        describe(status.putObject("home_directory"), folders.home());
        describe(status.putObject("temp_directory"), folders.temporary());
        describe(status.putObject("current_directory"), folders.current());
      }
      case Caller.Bearer _, Caller.Anonymous _ ->
          status
              .put("status", "not applicable")
              .put("message", "The server does not run on your machine and uses no files of it");
    }
    return new ResourceContents.Json(status);
  }

  private static void describe(ObjectNode folder, Path path) {
    folder.put("path", path.toString()).put("writable", Files.isWritable(path));
  }
}
