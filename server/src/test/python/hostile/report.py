"""What was sent, how it was answered, and what came of it."""

import time

SECONDS_FOR_AN_ANSWER = 1.0
# What would show the inside of the program. Texts that are echoed have none of it.
INSIDE = (b"com.quiltdata", b"Exception", b"\\tat ")


class Looks:
    """Counts answers and keeps what is wrong with them. Can be sent from one process to another."""

    def __init__(self):
        self.sent = 0
        self.slowest = 0.0
        self.seconds_looks = []
        self.problems = []

    def must(self, holds, what):
        if not holds:
            self.problems.append(str(what)[:600])

    def asked(self, ask, what):
        """Sends something; no answer is late, the server's defect or of its inside. One that is late
        is asked for once more: then it was the machine, unless it is late again."""
        answer = self.once(ask)
        if answer.seconds > SECONDS_FOR_AN_ANSWER:
            first = answer.seconds
            time.sleep(0.2)
            answer = self.once(ask)
            if answer.seconds <= SECONDS_FOR_AN_ANSWER:
                self.seconds_looks.append(f"{first:.2f} s, then {answer.seconds:.2f} s: {what}"[:200])
        self.must(answer.seconds <= SECONDS_FOR_AN_ANSWER, f"{what} took {answer.seconds:.2f} s")
        self.must(is_deliberate(answer), f"{what} is answered {answer.status}: {answer.body[:300]}")
        self.must(not any(one in answer.body for one in INSIDE), f"{what} shows the inside: {answer.body[:300]}")
        return answer

    def once(self, ask):
        answer = ask()
        self.sent += 1
        self.slowest = max(self.slowest, answer.seconds)
        return answer

    def add(self, other):
        self.sent += other.sent
        self.slowest = max(self.slowest, other.slowest)
        self.seconds_looks += other.seconds_looks
        self.problems += other.problems


def is_deliberate(answer):
    """Whether an answer is no defect: 503 says when to come again."""
    return answer.status < 500 or (answer.status == 503 and "retry-after" in answer.headers)


class Report:
    """Checks, one line each."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.all = Looks()

    def check(self, what, holds, more=""):
        if holds:
            self.passed += 1
            print(f"ok {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAILED {what}: {str(more)[:3000]}", flush=True)

    def group(self, what, looks):
        """The check of a group of requests."""
        self.all.add(looks)
        self.check(f"{what}: {looks.sent} requests, the slowest answer after {looks.slowest * 1000:.0f} ms",
                   looks.sent > 0 and not looks.problems,
                   f"{len(looks.problems)} wrong, for example\n  " + "\n  ".join(looks.problems[:8]))
