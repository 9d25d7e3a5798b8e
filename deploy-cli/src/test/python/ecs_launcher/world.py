"""What all parts share."""

import datetime
import secrets
import sys
import threading


class World:
    """The lock that guards all of it, the time, and what went wrong with the launcher itself."""

    def __init__(self, scale):
        self.scale = scale
        self.lock = threading.RLock()
        self.problems = []

    def seconds(self, period):
        """How long a period of AWS takes here."""
        return period / self.scale

    def say(self, text):
        print(f"{datetime.datetime.now():%H:%M:%S.%f} {text}", file=sys.stderr, flush=True)

    def problem(self, text):
        """From now on the launcher answers nothing: what it says would be wrong."""
        self.problems.append(text)
        self.say(f"PROBLEM {text}")


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def new_id():
    """An id as tasks have it."""
    return secrets.token_hex(16)


def new_number(digits=19):
    """A number as deployments have it."""
    return str(secrets.randbelow(9 * 10 ** (digits - 1)) + 10 ** (digits - 1))
