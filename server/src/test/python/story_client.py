"""The MCP Python SDK and FastMCP as clients: story_client.py RUN, where RUN is the JSON that
story.py reads. The run's `program` is `mcp` or `fastmcp`."""

import importlib.metadata
import json
import logging
import sys
import time
import traceback
import uuid

import anyio

import story
from story import check


class Sdk:
    """A client of the Python SDK."""

    def __init__(self, target, era, elicited):
        from mcp import Client, StdioServerParameters

        command = target.get("command")
        server = target.get("url") or StdioServerParameters(
            command=command[0], args=command[1:], env=story.environment(target))
        self.client = Client(
            server, mode=era, read_timeout_seconds=story.SECONDS_FOR_A_STEP,
            elicitation_callback=self.elicit)
        self.elicited = elicited

    async def elicit(self, _, params):
        from mcp.types import ElicitResult

        self.elicited.append(params.message)
        return ElicitResult(action="accept", content=story.answers_to(params.requested_schema))

    async def tools(self):
        return (await self.client.list_tools()).tools

    async def resources(self):
        return (await self.client.list_resources()).resources

    async def prompts(self):
        return (await self.client.list_prompts()).prompts

    async def read(self, uri):
        return (await self.client.read_resource(uri)).contents

    async def call(self, tool, arguments, progress=None):
        return await self.client.call_tool(tool, arguments, progress_callback=progress)


class FastMcp(Sdk):
    """A client of FastMCP."""

    def __init__(self, target, era, elicited):
        from fastmcp import Client
        from fastmcp.client.transports import StdioTransport

        command = target.get("command")
        server = target.get("url") or StdioTransport(
            command=command[0], args=command[1:], env=story.environment(target), keep_alive=False)
        self.client = Client(
            server, mode=era, timeout=story.SECONDS_FOR_A_STEP, elicitation_handler=self.elicit)
        self.elicited = elicited

    async def elicit(self, message, _, params, __):
        self.elicited.append(message)
        return story.answers_to(params.requested_schema)

    async def tools(self):
        return await self.client.list_tools()

    async def resources(self):
        return await self.client.list_resources()

    async def prompts(self):
        return await self.client.list_prompts()

    async def read(self, uri):
        return await self.client.read_resource(uri)

    async def call(self, tool, arguments, progress=None):
        return await self.client.call_tool_mcp(tool, arguments, progress_handler=progress)


class Steps:
    """The steps with one connected client."""

    def __init__(self, client, told):
        self.client = client
        self.told = told

    async def open(self):
        opened = self.client.client
        # A proxy has a name of its own; what the server says of itself comes through.
        check(self.told.run["is_proxy"] or opened.server_info.name == story.SERVER, opened.server_info)
        check("package_browse" in opened.instructions, opened.instructions)

    async def tools(self):
        story.check_tools([tool.name for tool in await self.client.tools()])

    async def resources(self):
        check(len(await self.client.resources()) >= 2, "too few resources")

    async def resource(self):
        for resource in await self.client.resources():
            contents = await self.client.read(str(resource.uri))
            check(len(contents) == 1 and json.loads(contents[0].text), contents)

    async def browse(self):
        fields = await self.fields(
            "package_browse", registry=story.REGISTRY, package_name=story.PACKAGE)
        check(fields["entries"] and fields["total_entries"] == len(fields["entries"]), fields)
        return fields["entries"]

    async def read(self):
        entry = (await self.browse())[0]
        fields = await self.fields("bucket_object_text", s3_uri=entry["s3_uri"])
        check(len(fields["text"].encode()) == entry["size"], (entry, fields))

    async def fields(self, tool, **arguments):
        """The fields of a result: structured, and the same once more as text."""
        result = await self.client.call(tool, arguments)
        fields = json.loads(result.content[0].text)
        check(fields["success"] and result.structured_content == fields, result)
        return fields

    async def prompts(self):
        names = [prompt.name for prompt in await self.client.prompts()]
        check(story.PROMPT in names, names)
        prompt = await self.client.client.get_prompt(
            story.PROMPT, {"registry": story.REGISTRY, "package_name": story.PACKAGE})
        check(story.PACKAGE in prompt.messages[0].content.text, prompt)

    async def progress(self):
        heard = []

        async def hear(progress, total, message):
            heard.append((progress, total, message))

        result = await self.client.call("test_tool_with_progress", {}, hear)
        check(not result.is_error, result)
        check(heard == [(n, 100, f"{n} of 100") for n in (0, 50, 100)], heard)

    async def cancel(self):
        label = uuid.uuid4().hex
        running = anyio.Event()

        async def hear(*_):
            running.set()

        async with anyio.create_task_group() as group:
            group.start_soon(self.client.call, "test_wait", {"label": label}, hear)
            await running.wait()
            check(await self.state(label) == "running", "it did not run")
            group.cancel_scope.cancel()
        end = time.monotonic() + 10
        while (state := await self.state(label)) != "cancelled":
            check(time.monotonic() < end, f"the server goes on: {state}")
            await anyio.sleep(0.05)

    async def state(self, label):
        return (await self.client.call("test_wait_state", {"label": label})).content[0].text

    async def elicitation(self):
        tool, arguments, beginning = story.elicitation_of(self.told.negotiated)
        result = await self.client.call(tool, arguments)
        check(not result.is_error and result.content[0].text.startswith(beginning), result)
        check(len(self.client.elicited) == 1, self.client.elicited)


async def go(told, kind, target, steps):
    """Connects to one server and does the steps there."""
    left = told.asked(steps)
    try:
        client = kind(target, told.run["era"], [])
        async with client.client:
            told.negotiated = client.client.protocol_version
            while left:
                await do(told, Steps(client, told), left.pop(0))
    except Exception:
        for step in left:
            told.tell(step, False, traceback.format_exc())


async def do(told, steps, step):
    try:
        with anyio.fail_after(story.SECONDS_FOR_A_STEP):
            await getattr(steps, step)()
        told.tell(step, True)
    except Exception:
        told.tell(step, False, traceback.format_exc())


async def main():
    for name in ("mcp", "fastmcp", "client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    program = json.loads(sys.argv[1])["program"]
    told = story.Story(importlib.metadata.version(program))
    kind = {"mcp": Sdk, "fastmcp": FastMcp}[program]
    await go(told, kind, told.run["quilt"], story.ON_QUILT)
    await go(told, kind, told.run["fixtures"], story.ON_FIXTURES)


if __name__ == "__main__":
    anyio.run(main)
