"""Messages of MCP 2026-07-28, their headers, and how answers are read."""

import http.client
import json

VERSION = "2026-07-28"
META = {"io.modelcontextprotocol/protocolVersion": VERSION,
        "io.modelcontextprotocol/clientInfo": {"name": "swaps", "version": "1"},
        "io.modelcontextprotocol/clientCapabilities": {}}
PIECE = 1 << 16


class Message:
    """A request: `body` and the headers that belong to it."""

    def __init__(self, number, method, **params):
        self.number = number
        self.body = json.dumps({"jsonrpc": "2.0", "id": number, "method": method,
                                "params": params | {"_meta": META}}).encode()
        self.headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
                        "MCP-Protocol-Version": VERSION, "Mcp-Method": method}
        if "name" in params:
            self.headers["Mcp-Name"] = params["name"]


def listen(number):
    return Message(number, "subscriptions/listen", notifications={"toolsListChanged": True})


def call(number, tool, **arguments):
    return Message(number, "tools/call", name=tool, arguments=arguments)


class Exchange:
    """A message that was sent on a connection of its own, and the head of its answer."""

    def __init__(self, port, token, message, patience):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            self.connection.request("POST", "/mcp", message.body,
                                    message.headers | {"Authorization": f"Bearer {token}"})
            self.answer = self.connection.getresponse()
        except BaseException:
            self.connection.close()
            raise
        self.status = self.answer.status
        self.target = self.answer.getheader("X-Target")

    def messages(self):
        """Each as it comes. An answer that is cut raises `http.client.HTTPException` or `OSError`."""
        if self.answer.getheader("Content-Type", "").startswith("application/json"):
            yield json.loads(self.answer.read())
            return
        text = b""
        while piece := self.answer.read1(PIECE):
            *events, text = (text + piece).split(b"\n\n")
            for event in events:
                data = [line.removeprefix(b"data: ") for line in event.split(b"\n") if line.startswith(b"data: ")]
                if data:
                    yield json.loads(b"\n".join(data))
        if text:
            raise http.client.HTTPException(f"the stream ends within an event: {text[:100]!r}")

    def close(self):
        self.connection.close()
