"""The command line of the MCP Inspector as a client: story_inspector.py RUN. Each step is a command
of its own; the run's `inspector` is the beginning of it."""

import json
import subprocess
import traceback

import story
from story import check


class Inspector:
    """One server as the Inspector sees it."""

    def __init__(self, run, target):
        self.run = run
        self.target = target

    def ask(self, method, *options):
        """The result of one request."""
        command = [*self.run["inspector"], "--method", method, *options]
        command += ["--protocol-era", self.run["era"], "--format", "json", "--quiet"]
        if "url" in self.target:
            command += ["--server-url", self.target["url"], "--transport", "http"]
        else:
            for name, value in self.target["env"].items():
                command += ["-e", f"{name}={value}"]
            command += ["--", *self.target["command"]]
        done = subprocess.run(
            command, capture_output=True, text=True, stdin=subprocess.DEVNULL,
            timeout=story.SECONDS_FOR_A_STEP)
        check(done.returncode == 0, (method, done.stdout, done.stderr))
        return json.loads(done.stdout)["result"]

    def fields(self, tool, **arguments):
        """The fields of a result: structured, and the same once more as text."""
        result = self.ask(
            "tools/call", "--tool-name", tool, "--tool-args-json", json.dumps(arguments))
        fields = json.loads(result["content"][0]["text"])
        check(fields["success"] and fields == result["structuredContent"], result)
        return fields


class Steps:
    def __init__(self, inspector, told):
        self.inspector = inspector
        self.told = told
        self.uri = None
        self.entries = []

    def open(self):
        opened = self.inspector.ask("initialize")
        self.told.negotiated = opened["protocolVersion"]
        check(opened["serverInfo"]["name"] == story.SERVER, opened)

    def tools(self):
        story.check_tools([tool["name"] for tool in self.inspector.ask("tools/list", "--strict")["tools"]])

    def resources(self):
        listed = self.inspector.ask("resources/list")["resources"]
        check(len(listed) >= 2, listed)
        self.uri = listed[0]["uri"]

    def resource(self):
        contents = self.inspector.ask("resources/read", "--uri", self.uri)["contents"]
        check(len(contents) == 1 and json.loads(contents[0]["text"]), contents)

    def browse(self):
        fields = self.inspector.fields(
            "package_browse", registry=story.REGISTRY, package_name=story.PACKAGE)
        self.entries = fields["entries"]
        check(self.entries and fields["total_entries"] == len(self.entries), fields)

    def read(self):
        entry = self.entries[0]
        fields = self.inspector.fields("bucket_object_text", s3_uri=entry["s3_uri"])
        check(len(fields["text"].encode()) == entry["size"], (entry, fields))

    def prompts(self):
        names = [prompt["name"] for prompt in self.inspector.ask("prompts/list")["prompts"]]
        check(story.PROMPT in names, names)
        prompt = self.inspector.ask(
            "prompts/get", "--prompt-name", story.PROMPT, "--prompt-args",
            f"registry={story.REGISTRY}", f"package_name={story.PACKAGE}")
        check(story.PACKAGE in prompt["messages"][0]["content"]["text"], prompt)


def main():
    told = story.Story("")
    told.version = subprocess.run(
        [*told.run["inspector"], "--version"], capture_output=True, text=True, check=True,
        timeout=story.SECONDS_FOR_A_STEP).stdout.strip()
    for target, names in (("quilt", story.ON_QUILT), ("fixtures", story.ON_FIXTURES)):
        steps = Steps(Inspector(told.run, told.run[target]), told)
        for step in told.asked(names):
            try:
                getattr(steps, step)()
                told.tell(step, True)
            except Exception:
                told.tell(step, False, traceback.format_exc())


if __name__ == "__main__":
    main()
