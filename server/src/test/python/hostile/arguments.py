"""Texts of others as arguments of tools, by a caller who may use one bucket: a result or the error of a tool,
and never out of the bucket."""

import concurrent.futures
import json
import socket
import threading
import time

from launched import CANARIES, FORBIDDEN, FORK, GRANTED
from material import call, cases, headers, strings, token
from report import Looks
from wire import Wire

AT_ONCE = 2
# The arguments that can name storage, and those that name what is in it.
STORAGE = {"bucket", "registry", "source_bucket", "target_registry", "s3_uri", "s3_uris"}
NAMES = {"uri", "path", "prefix", "source_prefix", "package_name", "package1_name", "package2_name", "top_hash",
         "items", "include_patterns", "exclude_patterns", "remove", "catalog_host", "query"}
# Good values, so that one bad argument is not hidden behind another.
GOOD = {"bucket": GRANTED, "registry": GRANTED, "source_bucket": GRANTED, "target_registry": GRANTED,
        "s3_uri": f"s3://{GRANTED}/folder/file.txt", "s3_uris": [f"s3://{GRANTED}/folder/file.txt"],
        "package_name": "a/b", "package1_name": "a/b", "package2_name": "a/b", "uri": "auth://status",
        "path": "folder", "items": [{"key": "k", "text": "x"}], "metadata": {}, "confirm": True}
DENIALS = {"forbidden_bucket", "invalid_bucket", "invalid_s3_uri"}


def offered(port):
    """The tools that a caller with all rights sees."""
    body = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
    answer = Wire(port).send("POST", "/mcp", headers(token()), body)
    return json.loads(answer.body)["result"]["tools"]


def send(report, server, tools, folder):
    """Every text in every argument that can take it; each call leaves one line in the log."""
    everything = {
        "strings": strings("strings/naughty.json") + strings("strings/crlf.json"),
        "paths": strings("paths/traversal.json") + strings("paths/lfi.json"),
        "sql": strings("sql/injection.json") + [one["sql"] for one in cases("sql/statements.json")],
        "urls": strings("urls/redirect-tricks.json") + [one["input"] for one in cases("urls/wpt-urls.json")]}
    calls, logged = 0, server.calls()
    with Honeypot() as (trap, caught):
        own = ways_out(folder) + [f"http://127.0.0.1:{trap}/", f"https://localhost:{trap}/x",
                                  f"s3://127.0.0.1:{trap}/x", f"http://user@127.0.0.1:{trap}"]
        for name, texts in (everything | {"own ways out": own}).items():
            jobs = list(each(tools, name, texts))
            looks = everywhere(server.port, jobs)
            calls += looks.sent
            report.group(f"{name}, {len(texts)} texts in the arguments of tools: a result or an error, "
                         "and never out of the bucket", looks)
    report.check("no argument makes the server open an address", not caught, caught)
    deadline = time.monotonic() + 10
    while (lines := server.calls() - logged) < calls and time.monotonic() < deadline:
        time.sleep(0.2)
    report.check(f"each of {calls} calls leaves one line in the log", lines == calls, lines)


def own_ways_out(looks, port, tools, folder):
    """A call of each tool with each of its arguments."""
    looks.add(everywhere(port, list(each(tools, "own ways out", ways_out(folder)))))


def each(tools, group, texts):
    """Calls: name of the tool, argument, arguments."""
    for tool in tools:
        for name, schema in tool["inputSchema"].get("properties", {}).items():
            if name in STORAGE or name in NAMES or (schema.get("type") == "string" and group == "strings"):
                for text in texts:
                    for shape in shapes(name, group, text):
                        yield tool["name"], name, arguments(tool, name, schema, shape)


def shapes(name, group, text):
    """A text as it is, and as a key of the granted bucket."""
    yield text
    if name in ("s3_uri", "s3_uris") and group == "paths":
        yield f"s3://{GRANTED}/" + text
        yield "file://" + text


def arguments(tool, name, schema, text):
    given = {one: GOOD.get(one, "x") for one in tool["inputSchema"].get("required", [])}
    if name == "items":
        value = [{"key": text, "text": "x"}]
    else:
        value = [text] if schema.get("type") == "array" else text
    return given | {name: value} | ({"confirm": True} if "confirm" in tool["inputSchema"]["properties"] else {})


def everywhere(port, jobs):
    looks = Looks()
    with concurrent.futures.ProcessPoolExecutor(AT_ONCE, mp_context=FORK) as pool:
        bearer = token()
        for part in pool.map(some, [port] * AT_ONCE, [bearer] * AT_ONCE, [jobs[i::AT_ONCE] for i in range(AT_ONCE)]):
            looks.add(part)
    return looks


def some(port, bearer, jobs):
    looks = Looks()
    wire = Wire(port)
    common = headers(bearer)
    for tool, name, given in jobs:
        what = f"{tool}({name}={given[name]!r})"
        answer = looks.asked(lambda: wire.send("POST", "/mcp", common, call(tool, given)), what)
        looks.must(not any(one in answer.body for one in CANARIES), f"{what} shows {answer.body[:300]}")
        looks.must(is_answer(answer, name, given[name]), f"{what}: {answer}")
    return looks


def is_answer(answer, name, value):
    """Whether a call is answered, and what names another bucket than the granted one is refused."""
    try:
        result = json.loads(answer.body).get("result", {})
    except ValueError:
        return False
    if answer.status != 200 or not isinstance(result.get("isError"), bool):
        return False
    text = value[0] if isinstance(value, list) else value
    is_elsewhere = name in STORAGE and text and text not in (GRANTED, f"s3://{GRANTED}", f"s3://{GRANTED}/") \
        and not (name in ("s3_uri", "s3_uris") and text.startswith(f"s3://{GRANTED}/"))
    return result["isError"] or not is_elsewhere


def ways_out(folder):
    """To the other bucket and to the host."""
    return [
        f"s3://{FORBIDDEN}/folder/file.txt", FORBIDDEN, f"s3://{GRANTED}/../{FORBIDDEN}/folder/file.txt",
        f"s3://{GRANTED}/folder/../../{FORBIDDEN}/folder/file.txt", f"s3://{GRANTED}/folder/../../file.txt",
        f"../{FORBIDDEN}", "s3://../file.txt", f"file://{folder}/file.txt", f"{folder}/file.txt",
        f"s3://{GRANTED}/{folder}/file.txt", f"s3://{GRANTED}//etc/passwd",
        f"s3://{GRANTED}/..%2f..%2f{FORBIDDEN}/folder/file.txt"]


def scope(report, port, tools):
    """Names of buckets and claims of others, in every argument that names a bucket."""
    looks = Looks()
    wire = Wire(port)
    places = [(tool, name, schema) for tool in tools
              for name, schema in tool["inputSchema"].get("properties", {}).items()
              if name in STORAGE and not name.startswith("s3_uri")]
    for case in cases("s3/bucket-scope.json") + cases("s3/bucket-names.json"):
        is_name = "bucket" in case
        asked = case["bucket"] if is_name else case["asked"]
        bearer = token(buckets=["*"] if is_name else case["granted"])
        is_denied = not case["valid"] if is_name else case["expect"] == "deny"
        for tool, name, schema in places:
            given = arguments(tool, name, schema, asked)
            if not is_name and is_denied:
                # Nothing else is in reach either, so that what is refused is this.
                given = {key: value for key, value in given.items() if key == name or key not in STORAGE}
            answer = looks.asked(lambda: wire.send("POST", "/mcp", headers(bearer), call(tool["name"], given)),
                                 f"{tool['name']}({name}={asked!r})")
            code = json.loads(json.loads(answer.body)["result"]["content"][0]["text"]).get("code")
            looks.must((code in DENIALS) == bool(is_denied), f"{tool['name']}({name}={asked!r}) {case}: {answer.body[:300]}")
    report.group(f"s3/*, in {len(places)} arguments that name a bucket", looks)
    return looks.sent


class Honeypot:
    """Somebody who listens, whom nobody calls; gives the port and the list of callers."""

    def __enter__(self):
        self.caught = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.listen, daemon=True).start()
        return self.socket.getsockname()[1], self.caught

    def listen(self):
        while True:
            try:
                connection, address = self.socket.accept()
            except OSError:
                return
            self.caught.append(address)
            connection.close()

    def __exit__(self, *_):
        self.socket.close()
