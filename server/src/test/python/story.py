"""The story that every client goes through, told as JSON lines: {client, version, transport, era,
negotiated, step, ok, detail}. The run to do comes as JSON in the first argument."""

import json
import os
import sys

REGISTRY = "s3://quilt-sample"
PACKAGE = "demo/revisions"
SERVER = "quilt-mcp-server"
PROMPT = "check_package"
ON_QUILT = ("open", "tools", "resources", "resource", "browse", "read", "prompts")
ON_FIXTURES = ("progress", "cancel", "elicitation")
ANSWERS = {"name": "Ada", "username": "ada", "email": "ada@example.org"}
SECONDS_FOR_A_STEP = 20


class Story:
    """One run of one client over one transport in one era."""

    def __init__(self, version):
        self.run = json.loads(sys.argv[1])
        self.version = version
        self.negotiated = None

    def asked(self, steps):
        return [step for step in steps if step in self.run["steps"]]

    def tell(self, step, ok, detail=""):
        line = {key: self.run[key] for key in ("client", "transport", "era")}
        line |= {"version": self.version, "negotiated": self.negotiated, "step": step, "ok": ok}
        print(json.dumps(line | {"detail": str(detail)[:2000]}), flush=True)


def environment(target):
    """What a server started by a client finds around it."""
    return dict(os.environ) | target["env"]


def check(holds, detail):
    if not holds:
        raise AssertionError(detail)


def check_tools(names):
    check(names == sorted(names) and "package_browse" in names, names)


def answers_to(schema):
    """What a person would fill in: every field that the form has."""
    return {name: ANSWERS[name] for name in schema["properties"]}


def elicitation_of(negotiated):
    """The fixture that asks the person in this revision, its arguments and its answer's beginning."""
    if negotiated >= "2026-07-28":
        return "test_input_required_result_elicitation", {}, "Hello, Ada!"
    return "test_elicitation", {"message": "Who are you?"}, "User response:"
