"""The clients that .ci/clients tries, the steps of their story, and the table of what came out."""

from story import ON_FIXTURES

STEPS = {
    "open": "`initialize` or `server/discover`",
    "tools": "`tools/list`",
    "resources": "`resources/list`",
    "resource": "`resources/read` of what was listed",
    "browse": "`package_browse` of a sample package",
    "read": "`bucket_object_text` of a file that browsing gave",
    "prompts": "`prompts/list`, and `prompts/get` for a sample package",
    "progress": "a call that reports progress, heard in order",
    "cancel": "a call that is cancelled; the tool stops",
    "elicitation": "a tool that asks the person, and goes on with the answer",
}
ONE_REQUEST = ("A command of the Inspector is one request whose result is printed when it is there: "
               "it shows no progress, cancels nothing and cannot ask anybody.")
NO_CANCEL = "The Java SDK has no call that cancels a request."


class Client:
    """A client, how it is started, and the eras that it can be in with the revision of each."""

    def __init__(self, name, program, eras, cannot=None, transports=("HTTP", "stdio")):
        self.name = name
        self.program = program
        self.eras = eras
        self.cannot = cannot or {}
        self.transports = transports


CLIENTS = [
    Client("Python SDK `mcp`", "mcp", {"auto": "2026-07-28", "legacy": "2025-11-25"}),
    Client("FastMCP `Client`", "fastmcp", {"auto": "2026-07-28", "legacy": "2025-11-25"}),
    Client("FastMCP `fastmcp run URL`", "fastmcp",
           {"auto": "2026-07-28", "legacy": "2025-11-25"}, transports=("stdio to HTTP",)),
    Client("TypeScript `@modelcontextprotocol/sdk`", "story-sdk1.mjs", {"default": "2025-11-25"}),
    Client("TypeScript `@modelcontextprotocol/client`", "story-sdk2.mjs",
           {"default": "2025-11-25", "auto": "2026-07-28"}),
    Client("Inspector `--cli`", "inspector", {"legacy": "2025-11-25", "modern": "2026-07-28"},
           dict.fromkeys(("progress", "cancel", "elicitation"), ONE_REQUEST)),
    Client("Java SDK", "java", {"default": "2025-11-25"}, {"cancel": NO_CANCEL}),
]


def title(row):
    return f"{row['client'].name} {row['version']}, {row['transport']}, era {row['era']}"


def marks(row, steps, notes):
    """A mark a step; the reason of a dash is added to the notes."""
    for step in steps:
        reason = row["client"].cannot.get(step)
        if reason:
            if reason not in notes:
                notes.append(reason)
            yield f"–[{notes.index(reason) + 1}]"
        else:
            yield "yes" if row["lines"][step]["ok"] else "NO"


def table(rows, steps, notes):
    lines = [["client", "version", "transport", "revision", *steps]]
    for row in rows:
        lines.append([row["client"].name, row["version"], row["transport"], row["negotiated"],
                      *marks(row, steps, notes)])
    return lines


def show(rows, steps):
    lines = table(rows, steps, [])
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip())


def page(rows, steps):
    notes = []
    lines = table(rows, steps, notes)
    text = ["# Clients", "",
            "<!-- Written by .ci/clients: change that, not this. -->", "",
            "Clients that others wrote go through one story. `.ci/clients` installs them, starts the",
            "server as a user does, and writes this page; a checked-in page that differs from what came",
            "out fails.", "",
            "| " + " | ".join(lines[0]) + " |", "| " + " | ".join("---" for _ in lines[0]) + " |"]
    text += ["| " + " | ".join(line) + " |" for line in lines[1:]]
    text += ["", "`revision` is what client and server agreed on. `stdio to HTTP` is FastMCP's proxy: a",
             "client of FastMCP starts it, and it asks the server over HTTP; the revision is the one that",
             "its requests to the server name.", ""]
    text += [f"{number}. {note}" for number, note in enumerate(notes, 1)]
    text += ["", "## The story", "", "| step | what happens | with |", "| --- | --- | --- |"]
    text += [f"| {step} | {STEPS[step]} | {'the fixtures' if step in ON_FIXTURES else 'the sample registry'} |"
             for step in steps]
    text += ["", "The fixtures are tools of `bin/conformance-server`: the same protocol and transports with test",
             "tools, for what no tool of the product needs yet.", ""]
    return "\n".join(text)
