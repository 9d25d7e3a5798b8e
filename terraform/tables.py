#!/usr/bin/env python3
"""Writes the tables of inputs and outputs into the READMEs: `tables.py`, or `tables.py --check`.

A table stands between `<!-- inputs of FOLDER -->` or `<!-- outputs of FOLDER -->` and `<!-- end -->`, and
FOLDER is relative to this file. With --check nothing is written: it ends with 1 when a table is stale, or
when a variable of the root is not that of the module. Files are in Terraform's format.
"""

import pathlib
import re
import sys

HOME = pathlib.Path(__file__).resolve().parent
READMES = [HOME / "README.md", HOME / "modules" / "mcp_server" / "README.md"]
MODULE = "modules/mcp_server"
BLOCK = re.compile(r'^(variable|output) "(\w+)" \{\n(.*?)^\}', re.MULTILINE | re.DOTALL)
# An attribute, with the lines of its value; nested blocks are none.
ATTRIBUTE = re.compile(r"^  (\w+) += (.*?)(?=^  (?:\w+ += |\w+ \{)|\Z)", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"(<!-- (inputs|outputs) of (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: tables.py [--check]")
    problems = drift()
    for readme in READMES:
        old = readme.read_text()
        new = TABLE.sub(lambda found: found[1] + table(found[2], found[3]) + found[4], old)
        if new == old:
            continue
        if check:
            problems.append(f"{readme.relative_to(HOME)} is stale; run terraform/tables.py")
        else:
            readme.write_text(new)
            print(f"wrote {readme.relative_to(HOME)}")
    sys.exit("\n".join(problems) or None)


def blocks(kind, folder):
    """Variables or outputs of a folder, in the order of its files: name to attributes."""
    found = {}
    for path in sorted((HOME / folder).glob("*.tf")):
        for one, name, body in BLOCK.findall(path.read_text()):
            if one == kind:
                found[name] = {key: value.strip() for key, value in ATTRIBUTE.findall(body)}
    return found


def table(kind, folder):
    if kind == "outputs":
        rows = [f"| `{name}` | {text(one)} |" for name, one in blocks("output", folder).items()]
        return "\n".join(["| output | meaning |", "| --- | --- |", *rows]) + "\n"
    rows = [f"| `{name}` | {code(one['type'])} | {default(one)} | {text(one)} |"
            for name, one in blocks("variable", folder).items()]
    return "\n".join(["| variable | type | default | meaning |", "| --- | --- | --- | --- |", *rows]) + "\n"


def text(one):
    return one["description"].strip('"').replace('\\"', '"').replace("|", "\\|")


def code(value):
    line = re.sub(r"\s+", " ", re.sub(r",?\n\s*", ", ", value)).replace("({, ", "({ ").replace(", })", " })")
    return f"`{line}`"


def default(one):
    return code(one["default"]) if "default" in one else "**needed**"


def drift():
    """How the root differs from the module that it hands its variables to."""
    root, module = blocks("variable", "."), blocks("variable", MODULE)
    handed = dict(re.findall(r"^  (\w+) += (var\.\w+)$", (HOME / "mcp-server.tf").read_text(), re.MULTILINE))
    problems = [f"variables.tf: {name} is not that of {MODULE}" for name in sorted(root.keys() | module.keys())
                if root.get(name) != module.get(name)]
    problems += [f"mcp-server.tf: {name} is not handed to the module" for name in module
                 if handed.get(name) != f"var.{name}"]
    outputs = blocks("output", "."), blocks("output", MODULE)
    problems += [f"outputs.tf: {name} is not that of {MODULE}" for name in sorted(outputs[0].keys() | outputs[1].keys())
                 if outputs[0].get(name, {}).get("description") != outputs[1].get(name, {}).get("description")]
    return problems


if __name__ == "__main__":
    main()
