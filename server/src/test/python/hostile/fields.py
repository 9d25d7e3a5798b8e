"""Texts of others in headers: none of them changes who calls, opens a page to another origin or breaks the server."""

from material import cases, headers, strings
from report import Looks
from wire import Wire

PING = b'{"jsonrpc":"2.0","id":1,"method":"ping"}'
LIST = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
PLAIN = ("X-Request-ID", "Mcp-Session-Id", "MCP-Protocol-Version", "Mcp-Name", "Last-Event-ID", "X-Forwarded-For",
         "X-Quilt-User-Role", "traceparent", "Accept", "Cookie")


def send(report, port, token):
    texts = [one for file in ("strings/naughty.json", "strings/crlf.json", "urls/redirect-tricks.json")
             for one in strings(file)]
    texts += [one["input"] for one in cases("urls/wpt-urls.json")]
    plain(report, port, token, texts)
    identity(report, port, texts)
    origins(report, port, token, texts)


def sendable(texts):
    """Texts of one line: another line would be another header, which is the client's to send."""
    return [one for one in texts if not set("\r\n") & set(one)]


def plain(report, port, token, texts):
    looks = Looks()
    wire = Wire(port)
    for text in sendable(texts):
        for name in PLAIN:
            common = headers(token) + [(name, text.encode("utf-8", "surrogatepass"))]
            answer = looks.asked(lambda: wire.send("POST", "/mcp", common, PING), f"{name}: {text!r}")
            looks.must(not any(line.startswith("set-cookie") for line in answer.headers), f"{name}: {text!r}: {answer}")
    report.group(f"strings/* and urls/* in {len(PLAIN)} headers: an answer, no header of theirs", looks)


def identity(report, port, texts):
    looks = Looks()
    wire = Wire(port)
    for text in sendable(texts):
        for value in (text, "Bearer " + text):
            common = headers() + [("Authorization", value.encode("utf-8", "surrogatepass"))]
            answer = looks.asked(lambda: wire.send("POST", "/mcp", common, LIST), f"Authorization: {value!r}")
            looks.must(answer.status in (400, 401), f"Authorization: {value!r}: {answer}")
    report.group("strings/* and urls/* as tokens: nobody", looks)


def origins(report, port, token, texts):
    looks = Looks()
    wire = Wire(port)
    for text in sendable(texts):
        if text.strip(" \t"):
            common = headers(token) + [("Origin", text.encode("utf-8", "surrogatepass"))]
            answer = looks.asked(lambda: wire.send("POST", "/mcp", common, LIST), f"Origin: {text!r}")
            looks.must(answer.status in (400, 403), f"Origin: {text!r}: {answer}")
            looks.must("access-control-allow-origin" not in answer.headers, f"Origin: {text!r}: {answer}")
    report.group("strings/* and urls/* as origins: forbidden", looks)
