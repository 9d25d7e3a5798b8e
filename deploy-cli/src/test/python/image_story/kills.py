"""The process of a task is killed while it pushes a package: nothing is left half done.

The tests of the push end it at each single call; here the process dies, with all that is under way in it.
"""

import json
import signal
import threading

from image_story.packages import latest, problems
from trials import check

DATA = "raw"
NAME = "killed/push"
FILES = 4
POINTS = 12
# The last ones publish.
LAST = 6


def prepared(shelf):
    shelf.make(DATA)
    for number in range(FILES):
        shelf.put(DATA, f"run/{number}.csv", f"number,{number}\n".encode() * 1000)


def registry(shelf, name):
    """An empty one, with an object that it has already."""
    shelf.make(name)
    shelf.put(name, "there/already.txt", b"of the registry itself")
    return name


def pushed(task, where):
    """Pushes a package, always of the same files; gives the answer."""
    return task.call(
        "package_create", "application/json", package_name=NAME, registry=where, message="for ever the same",
        s3_uris=[*(f"s3://{DATA}/run/{number}.csv" for number in range(FILES)), f"s3://{where}/there/already.txt"],
        metadata={"by": "nobody"}, copy=True, force=True)


def top_hash(answer):
    """Of a push that was done."""
    try:
        result = json.loads(json.loads(answer.body)["result"]["content"][0]["text"])
    except (ValueError, LookupError):
        return None
    return result.get("top_hash") if result.get("success") else None


class Killer:
    """Kills a task when S3 has done a certain request, before the task is told."""

    def __init__(self):
        self.lock = threading.Lock()
        self.task = self.at = None
        self.count = 0

    def aim(self, task=None, at=None):
        """At a task; counts from now on."""
        with self.lock:
            self.task, self.at, self.count = task, at, 0

    def answered(self, request, status):
        with self.lock:
            self.count += 1
            if self.count == self.at:
                self.task.signal(signal.SIGKILL)


def points(calls):
    """Some of all calls: the last ones, and others evenly."""
    last = list(range(calls - LAST + 1, calls + 1))
    others = POINTS - LAST
    return sorted({1 + (calls - LAST - 1) * one // (others - 1) for one in range(others)} | set(last))


def kills_story(bench, shelf, killer):
    task = bench.start("pusher", 1, answered=killer.answered)
    task.ready()
    pushed(task, registry(shelf, "shelf-warm"))
    calm = registry(shelf, "shelf-calm")
    killer.aim()
    wanted = top_hash(pushed(task, calm))
    calls = killer.count
    check(f"a push of five files takes {calls} requests of S3, and is whole", wanted and calls > POINTS
          and latest(shelf, calm, NAME) == wanted and not problems(shelf, calm),
          (wanted, problems(shelf, calm), task.lines[-5:]))
    chosen = points(calls)
    bad, there, before = [], 0, None
    for point in chosen:
        if before:
            bad += again(task, shelf, before, wanted)
        before = registry(shelf, f"shelf-{point}")
        killer.aim(task, point)
        answer = pushed(task, before)
        killer.aim()
        _, code = task.ended(30)
        if code != 137 or answer.status != 0:
            bad.append(f"{before}: it was not killed: {code} {answer}")
        named = latest(shelf, before, NAME)
        there += named is not None
        if named not in (None, wanted):
            bad.append(f"{before}: latest names {named}")
        bad += [f"{before}: {one}" for one in problems(shelf, before)]
        task = bench.start(f"pusher-{point}", 1, answered=killer.answered)
        task.ready()
    bad += again(task, shelf, before, wanted)
    check(f"killed behind each of the requests {', '.join(map(str, chosen))}, it leaves no latest or, {there} times, "
          "one that names a whole package; all manifests and pointers are whole, and a push by a new task gives the "
          "same top hash", not bad and 0 < there < len(chosen), bad)
    task.close()


def again(task, shelf, where, wanted):
    """What is wrong when the push is done once more."""
    answer = pushed(task, where)
    if top_hash(answer) != wanted or latest(shelf, where, NAME) != wanted:
        return [f"{where}: the push again gives {answer}"]
    return [f"{where}, afterwards: {one}" for one in problems(shelf, where)]
