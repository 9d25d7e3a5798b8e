"""The MCP Python SDK as a client of the launched server: over HTTP without and with tokens, and
over stdio, in the newest revision and in the newest one that begins with initialize; it reads the
sample, and makes packages in folders of its own.

Usage: client_test.py FOLDER-OF-THE-CHECKOUT
Prints what failed, then a line `N passed, M failed`; ends with 1 when anything failed.
"""

import asyncio
import base64
import contextlib
import itertools
import json
import logging
import os
import pathlib
import secrets
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.request

import httpx2
import jwt
from authoring import Person, author
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from prefix import package_prefix
from used_secrets import note

HOME = pathlib.Path(sys.argv[1]).resolve()
LAUNCHER = str(HOME / "bin" / "quilt-mcp")
LOGS = HOME / "target" / "ci" / "clients"
NUMBERS = itertools.count(1)
REGISTRY = "s3://quilt-sample"
MODES = {"auto": "2026-07-28", "legacy": "2025-11-25"}
SECONDS_FOR_ALL = 300

passed = []
failed = []


def check(name, holds, more=""):
    (passed if holds else failed).append(name)
    if not holds:
        print(f"FAILED {name}: {str(more)[:1500]}")


@contextlib.asynccontextmanager
async def guarded(name):
    """Turns an exception into a failed check, so that the other checks still run."""
    try:
        yield
    except Exception as error:
        for cause in causes(error):
            check(name, False, "".join(traceback.format_exception(cause))[-1500:])


def causes(error):
    """The exceptions in nested groups of them."""
    if not isinstance(error, BaseExceptionGroup):
        return [error]
    return [cause for member in error.exceptions for cause in causes(member)]


def environment(**more):
    """The environment without settings of the server, so that only those given here count."""
    foreign = ("MCP_", "FASTMCP_", "QUILT_", "AWS_", "LOG_")
    return {k: v for k, v in os.environ.items() if not k.startswith(foreign)} | more


@contextlib.contextmanager
def running_server(folder, **settings):
    """A server on a free port, as a user starts it; gives its address."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"client-test-server-{next(NUMBERS)}.log"
    with open(log, "w") as out:
        server = subprocess.Popen(
            [LAUNCHER, "--port", "0"], stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            env=environment(QUILT_MCP_CACHE=str(folder / "cache"), **settings))
    try:
        yield address(server, log)
    finally:
        server.terminate()
        try:
            check("server ends when it is told to", server.wait(timeout=20) in (0, 143), server.returncode)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            check("server ends when it is told to", False, log.read_text()[-2000:])


def address(server, log):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        for line in log.read_text().splitlines():
            if '"event":"startup"' in line:
                return json.loads(line)["url"]
        time.sleep(0.1)
    raise RuntimeError("the server did not start:\n" + log.read_text())


@contextlib.asynccontextmanager
async def http_client(url, mode, token=None, **more):
    headers = {"Authorization": "Bearer " + token} if token else {}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        async with Client(streamable_http_client(url, http_client=http), mode=mode, **more) as client:
            yield client


async def call(client, tool, progress=None, **arguments):
    """The fields of a result: structured, and the same once more as text."""
    result = await client.call_tool(tool, arguments, progress_callback=progress)
    fields = json.loads(result.content[0].text)
    if result.structured_content != fields:
        raise AssertionError(f"{tool}: structured content and text differ: {result}")
    if result.is_error == fields["success"]:
        raise AssertionError(f"{tool}: is_error and success agree: {result}")
    return fields


async def entries_of(client, package, **more):
    entries = []
    cursor = {}
    while True:
        page = await call(
            client, "package_browse", registry=REGISTRY, package_name=package, limit=7, **cursor, **more)
        entries += page["entries"]
        if not page.get("next_cursor"):
            return page, entries
        cursor = {"cursor": page["next_cursor"]}


async def tour(where, client, version):
    """What every client does with the sample registry."""
    check(f"{where}: revision", client.protocol_version == version, client.protocol_version)
    check(f"{where}: server has a name", client.server_info.name == "quilt-mcp-server", client.server_info)
    tools = (await client.list_tools()).tools
    names = [tool.name for tool in tools]
    check(f"{where}: tools are listed in order", names == sorted(names) and "package_diff" in names, names)
    check(f"{where}: tools describe results", all(tool.output_schema for tool in tools), tools)
    buckets = await call(client, "bucket_list")
    check(f"{where}: the sample is a bucket", "quilt-sample" in [one["name"] for one in buckets["buckets"]], buckets)
    packages = (await call(client, "packages_list", registry=REGISTRY))["packages"]
    check(f"{where}: there are packages", len(packages) >= 5, packages)
    for package in packages:
        page, entries = await entries_of(client, package["name"])
        check(f"{where}: {package['name']} is browsed whole",
              len(entries) == page["total_entries"] and page["top_hash"] == package["top_hash"],
              (len(entries), page))
    await read_all(where, client, "demo/odd-keys")
    await compare(where, client)
    await resources(where, client)
    missing = await call(client, "package_browse", registry=REGISTRY, package_name="no/such")
    check(f"{where}: a missing package is told", missing.get("code") == "not_found", missing)


async def read_all(where, client, package):
    """Reads every file of a package by the s3_uri that browsing gave."""
    _, entries = await entries_of(client, package)
    wrong = []
    for entry in entries:
        read = await call(client, "bucket_object_fetch", s3_uri=entry["s3_uri"])
        if len(base64.b64decode(read.get("data", ""))) != entry["size"] or not read["success"]:
            wrong.append((entry, read))
    check(f"{where}: {len(entries)} files with odd names are read", entries and not wrong, wrong[:2])
    first = entries[0]
    text = await call(client, "bucket_object_text", s3_uri=first["s3_uri"])
    check(f"{where}: a file is read as text", len(text.get("text", "").encode()) == first["size"], text)


async def compare(where, client):
    """Finds the first revision of a package in its pointers and compares it with the latest."""
    listed = await call(client, "bucket_objects_list", bucket="quilt-sample",
                        prefix=".quilt/named_packages/demo/revisions/")
    keys = [one["key"] for one in listed["objects"] if not one["key"].endswith("/latest")]
    pointer = await call(client, "bucket_object_text", s3_uri=f"{REGISTRY}/{min(keys)}")
    old = pointer["text"].strip()
    diff = await call(client, "package_diff", registry=REGISTRY, package1_name="demo/revisions",
                      package2_name="demo/revisions", package1_hash=old)
    check(f"{where}: two revisions differ", diff["success"] and "added/new.txt" in json.dumps(diff), diff)
    same = await call(client, "package_diff", registry=REGISTRY, package1_name="demo/revisions",
                      package2_name="demo/revisions", package1_hash=old, package2_hash=old[:8])
    check(f"{where}: a revision equals itself", same["success"] and "new.txt" not in json.dumps(same), same)


async def resources(where, client):
    listed = (await client.list_resources()).resources
    check(f"{where}: resources are listed", len(listed) >= 2, listed)
    for resource in listed:
        contents = (await client.read_resource(resource.uri)).contents
        check(f"{where}: {resource.uri} is read", len(contents) == 1 and json.loads(contents[0].text), contents)
    try:
        await client.read_resource("auth://no/such")
        check(f"{where}: a missing resource is refused", False)
    except Exception as error:
        code = getattr(getattr(error, "error", error), "code", None)
        wanted = -32602 if client.protocol_version == MODES["auto"] else -32002
        check(f"{where}: a missing resource is refused", code == wanted, repr(error))


def status_of_listing(url, token=None):
    """The HTTP status of tools/list, the challenge and the body."""
    headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    if token:
        headers["Authorization"] = "Bearer " + token
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=10) as answer:
            return answer.status, "", answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("WWW-Authenticate", ""), error.read()


def mint(secret, *arguments):
    return note("clients", subprocess.run(
        [LAUNCHER, "token", *arguments], capture_output=True, text=True, check=True, timeout=60,
        stdin=subprocess.DEVNULL, env=environment(MCP_ENHANCED_JWT_SECRET=secret)).stdout.strip())


def expired(token, secret):
    claims = jwt.decode(token, options={"verify_signature": False})
    claims["iat"] = int(time.time()) - 7200
    claims["exp"] = int(time.time()) - 3600
    claims.pop("nbf", None)
    headers = {k: v for k, v in jwt.get_unverified_header(token).items() if k in ("kid", "typ")}
    return note("clients", jwt.encode(claims, secret, algorithm="HS256", headers=headers))


async def is_refused(url, mode, token):
    try:
        async with http_client(url, mode, token) as client:
            await client.list_tools()
        return "tools/list was answered"
    except Exception:
        return ""


async def test_local(folder):
    with running_server(folder) as url:
        for mode, version in MODES.items():
            async with guarded(f"http {mode}"):
                async with http_client(url, mode) as client:
                    await tour(f"http {mode}", client, version)


async def test_tokens(folder):
    secret = note("clients", secrets.token_hex(32))
    with running_server(folder, MCP_ENHANCED_JWT_SECRET=secret, MCP_USER_RATE="1000", MCP_USER_BURST="1000",
                        QUILT_LOCAL_ROOT="sample", LOG_LEVEL="DEBUG") as url:
        token = mint(secret, "--bucket", "quilt-sample")
        elsewhere = mint(secret, "--bucket", "other-bucket")
        for mode, version in MODES.items():
            async with guarded(f"token {mode}"):
                async with http_client(url, mode, token) as client:
                    await tour(f"token {mode}", client, version)
                    foreign = await call(client, "packages_list", registry="s3://other-bucket")
                    check(f"token {mode}: a foreign bucket is refused",
                          foreign.get("code") == "forbidden_bucket", foreign)
                    link = await call(client, "bucket_object_text", s3_uri="s3://other-bucket/key")
                    check(f"token {mode}: an object of a foreign bucket is refused",
                          link.get("code") == "forbidden_bucket", link)
                async with http_client(url, mode, elsewhere) as client:
                    sample = await call(client, "packages_list", registry=REGISTRY)
                    check(f"token {mode}: a token for another bucket is refused",
                          sample.get("code") == "forbidden_bucket", sample)
                    listed = await call(client, "bucket_list")
                    check(f"token {mode}: only covered buckets are listed",
                          "quilt-sample" not in json.dumps(listed), listed)
        old = expired(token, secret)
        forged = token[:-4] + ("AAAA" if token[-4:] != "AAAA" else "BBBB")
        check("a good token is let in", status_of_listing(url, token)[0] == 200)
        for name, bad in (("no", None), ("an expired", old), ("a forged", forged)):
            status, challenge, body = status_of_listing(url, bad)
            check(f"{name} token is answered 401", status == 401 and challenge.startswith("Bearer"),
                  (status, challenge, body))
            for mode in MODES:
                check(f"{name} token: the {mode} client is refused", not await is_refused(url, mode, bad))


async def test_stdio(folder):
    for mode, version in MODES.items():
        async with guarded(f"stdio {mode}"):
            server = StdioServerParameters(
                command=LAUNCHER, args=["stdio"],
                env=environment(QUILT_MCP_CACHE=str(folder / "cache"), LOG_LEVEL="ERROR"))
            async with Client(server, mode=mode) as client:
                await tour(f"stdio {mode}", client, version)


async def test_authoring(folder):
    """Over HTTP and over stdio, in folders of their own."""
    for transport in ("http", "stdio"):
        root = folder / f"root-{transport}"
        (root / "lab-data").mkdir(parents=True)
        with contextlib.ExitStack() as servers:
            if transport == "http":
                url = servers.enter_context(running_server(folder, QUILT_LOCAL_ROOT=str(root)))

                def connect(mode, **more):
                    return http_client(url, mode, **more)
            else:

                def connect(mode, **more):
                    server = StdioServerParameters(
                        command=LAUNCHER, args=["stdio"],
                        env=environment(QUILT_LOCAL_ROOT=str(root), LOG_LEVEL="ERROR"))
                    return Client(server, mode=mode, **more)

            for mode in MODES:
                async with guarded(f"authoring {transport} {mode}"):
                    person = Person()
                    async with connect(mode) as silent, \
                            connect(mode, elicitation_callback=person.answer) as talking:
                        await author(f"{transport} {mode}", "lab-data", silent, talking, person, call, check)
                        await package_prefix(f"{transport} {mode}", "lab-data", silent, talking, person, call, check)
        left = [str(path) for path in root.rglob("*") if "lab-data/.quilt/named_packages/lab" in str(path)]
        check(f"authoring {transport}: no pointer is left", not left, left)


async def main():
    logging.getLogger("mcp").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for test in (test_local, test_tokens, test_stdio, test_authoring):
            async with guarded(test.__name__):
                await asyncio.wait_for(test(folder), SECONDS_FOR_ALL / 4)
    print(f"{len(passed)} passed, {len(failed)} failed")
    sys.exit(1 if failed or not passed else 0)


asyncio.run(main())
