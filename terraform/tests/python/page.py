"""What a page of the documentation shows to be run."""

import pathlib
import re
import subprocess


class Page:
    """Blocks of code are known by the comment before them: `<!-- step 1: secret -->`."""

    def __init__(self, path):
        self.text = pathlib.Path(path).read_text()

    def block(self, name):
        found = re.findall(rf"^<!-- {re.escape(name)} -->\n```\w+\n(.*?)^```$", self.text, re.MULTILINE | re.DOTALL)
        if len(found) != 1:
            raise SystemExit(f"There are {len(found)} blocks called '{name}' where one should be")
        return found[0]

    def run(self, name, folder, environment):
        """Runs a block of commands as it stands there; gives what became of them."""
        done = subprocess.run(["sh", "-euc", self.block(name)], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, cwd=folder, env=environment, timeout=120)
        done.told = done.stdout + done.stderr
        return done

    def steps(self):
        """The numbers of its steps."""
        return [int(number) for number in re.findall(r"^## (\d+)\. ", self.text, re.MULTILINE)]
