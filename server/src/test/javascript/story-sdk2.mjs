// The client of the TypeScript SDK 2: story-sdk2.mjs RUN, whose era is `default` or a mode of
// version negotiation.
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { answersTo, tell, versionOf } from "./story.mjs";

function transportTo(target) {
  if (target.url) {
    return new StreamableHTTPClientTransport(new URL(target.url));
  }
  const [command, ...args] = target.command;
  return new StdioClientTransport({ command, args, env: { ...process.env, ...target.env } });
}

await tell(versionOf("@modelcontextprotocol/client"), async (target, era, elicited) => {
  const client = new Client(
    { name: "story", version: "1" },
    {
      capabilities: { elicitation: {} },
      ...(era === "default" ? {} : { versionNegotiation: { mode: era } }),
    });
  client.setRequestHandler("elicitation/create", ({ params }) => {
    elicited.push(params.message);
    return { action: "accept", content: answersTo(params.requestedSchema) };
  });
  await client.connect(transportTo(target));
  return {
    client,
    negotiated: () => client.getNegotiatedProtocolVersion(),
    call: (name, args, options) => client.callTool({ name, arguments: args }, options),
  };
});
