"""The runtime socket of HAProxy."""

import socket

PATIENCE = 5


class Refused(Exception):
    """HAProxy said something else than what was expected."""


class RuntimeSocket:
    """One command for each connection."""

    def __init__(self, path):
        self.path = path

    def ask(self, command):
        said = b""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(self.path)
            connection.sendall(command.encode() + b"\n")
            while part := connection.recv(65536):
                said += part
        return said.decode().strip()

    def expect(self, command, reply):
        said = self.ask(command)
        if said != reply:
            raise Refused(f"{command!r} was answered with {said!r}")

    def answers(self):
        try:
            return self.ask("show version") != ""
        except OSError:
            return False

    def servers(self):
        """What is known of the servers of the backend, by their names."""
        return self.rows(4)

    def backend(self):
        """What is known of the backend as a whole."""
        return self.rows(2)["BACKEND"]

    def rows(self, kind):
        said = self.ask(f"show stat tg {kind} -1")
        if not said.startswith("# pxname,svname,"):
            raise Refused(f"The statistics begin with {said[:100]!r}")
        names, *rows = (line.split(",") for line in said.removeprefix("# ").splitlines())
        return {row["svname"]: row for row in (dict(zip(names, one)) for one in rows)}
