// The TypeScript SDK 1 as a client: story-sdk1.mjs RUN
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { answersTo, tell, versionOf } from "./story.mjs";

function transportTo(target) {
  if (target.url) {
    return new StreamableHTTPClientTransport(new URL(target.url));
  }
  const [command, ...args] = target.command;
  const transport = new StdioClientTransport({
    command,
    args,
    env: { ...process.env, ...target.env },
  });
  // The client tells the revision to transports that want to know it.
  transport.setProtocolVersion = (version) => {
    transport.protocolVersion = version;
  };
  return transport;
}

await tell(versionOf("@modelcontextprotocol/sdk"), async (target, _, elicited) => {
  const client = new Client(
    { name: "story", version: "1" },
    { capabilities: { elicitation: {} } });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    elicited.push(params.message);
    return { action: "accept", content: answersTo(params.requestedSchema) };
  });
  const transport = transportTo(target);
  await client.connect(transport);
  return {
    client,
    negotiated: () => transport.protocolVersion,
    call: (name, args, options) => client.callTool({ name, arguments: args }, undefined, options),
  };
});
