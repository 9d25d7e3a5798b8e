"""A task that is told to end: while nobody asks, while everybody does, and once more."""

import json
import time

from image_story.bench import Later
from trials import check

IDLE = 12
LOADED = 65
AT_ONCE = 1
BUCKET = "slow"
MIB = 440
STREAMS = 5
JSON = "application/json"
STREAM = "text/event-stream"
TOLD = {"code": "shutting_down", "retryable": True}
HEARD = 1  # seconds until a signal has come to the ears of all


def prepared(shelf):
    """Objects that come over some seconds."""
    shelf.make(BUCKET)
    for seconds in (1, 10, 30, 48):
        shelf.put(BUCKET, f"slow-{seconds}", b"%d slow bytes. " % seconds * 400)


def read(task, seconds, accept=JSON):
    return Later(task.call, "bucket_object_text", accept, s3_uri=f"s3://{BUCKET}/slow-{seconds}")


def worked(answer):
    """As one JSON text or on a stream."""
    return answer.status == 200 and b'\\"success\\":true' in answer.body


def idle_story(task):
    begin = task.signal()
    at, code = task.ended(IDLE + 30)
    took = at - begin
    check(f"told to end, it ends with 0, in {took:.1f} s while nobody asks", code == 0 and took <= IDLE, (code, took))


def second_signal_story(bench):
    task = bench.start("second", 0.25)
    task.ready()
    call = read(task, 30)
    while task.front.slow() == 0 or not task.lines:
        time.sleep(0.02)
    first = task.signal()
    task.logs("shutdown")
    begin = task.signal()
    at, code = task.ended(LOADED)
    took = at - begin
    check(f"told a second time, it ends {took * 1000:.0f} ms later with the number of the signal, whatever it does",
          code == 143 and took < AT_ONCE and begin - first < 5, (code, took, begin - first))
    check("whoever waited for an answer sees the connection end", call.result().status == 0, call.result())


def loaded_story(bench):
    """What goes on when it is told to end, and what comes later; all times are from then on."""
    task = bench.start("loaded", 0.25)
    task.ready()
    read(task, 1).result()
    news = [task.listen() for _ in range(STREAMS)]
    before = task.front.slow()
    running = [read(task, 10), read(task, 10, f"{JSON}, {STREAM}"), read(task, 30)]
    while task.front.slow() < before + len(running):
        time.sleep(0.05)
    begin = task.signal()
    ends = [Later(whole, one) for one in news]
    asker = Later(keeps_asking, task, begin)
    looks = [Later(looked_at, task, path, begin) for path in ("/healthz", "/readyz")]
    time.sleep(begin + 16 - time.monotonic())
    late = [read(task, 48), read(task, 48, f"{JSON}, {STREAM}")]
    time.sleep(begin + 28 - time.monotonic())
    running.append(read(task, 10))
    took = task.gone(LOADED + 30) - begin
    answers, (cut, streamed) = ([one.result() for one in some] for some in (running, late))
    _, code = task.ended(LOADED)
    check(f"told to end while it works and everybody asks, it ends with 0, in {took:.1f} s",
          code == 0 and took <= LOADED, (code, took, task.lines[-5:]))
    last = max(one.result()[1] for one in ends) - begin
    check(f"its {STREAMS} streams of news end whole and with a last message, the last after {last:.1f} s",
          last < 5 and all(said.rstrip().endswith(b"}") and b'"id":"news"' in said and whole_one
                           for said, _, whole_one in (one.result() for one in ends)), [one.result() for one in ends])
    asked, closed = asker.result()
    check(f"{len(asked)} requests are answered until it closes its port after {closed - begin:.1f} s",
          len(asked) > 30 and all(one.status == 200 for one in asked) and 30 < closed - begin < 40,
          [one for one in asked if one.status != 200][:3])
    for path, status, look in zip(("/healthz", "/readyz"), (200, 503), looks):
        seen = [one for one in look.result() if one.begin > begin + HEARD]
        check(f"meanwhile {path} answers {status} and says that it drains", len(seen) > 10 and all(
            one.status == status and json.loads(one.body)["status"] == "draining" for one in seen), seen[:3])
        asked += seen
    check("calls of 10 and 30 seconds that ran, and one that came later, are answered",
          all(map(worked, answers)), answers)
    check(f"a call that outlives all patience is told after {cut.end - begin:.1f} s: 503 shutting_down, come again",
          cut.status == 503 and json.loads(cut.body)["error"]["data"] == TOLD
          and cut.headers.get("retry-after") == "1", cut)
    check("one whose stream had begun is told there, and the stream ends whole", streamed.status == 200
          and last_message(streamed).get("error", {}).get("data") == TOLD, streamed)
    said = [one for one in [*asked, *answers[3:], cut, streamed] if one.begin > begin + HEARD]
    check(f"each of {len(said)} answers closes its connection", all(one.closes() for one in said),
          [one for one in said if not one.closes()][:3])
    memory = task.container.used
    check(f"all that took {memory}", memory and int(memory.split()[-2]) < MIB, memory)


def keeps_asking(task, begin):
    """Asks until nobody is there any more; gives the answers, and when that was."""
    answers = []
    while time.monotonic() - begin < LOADED:
        answer = task.discover()
        if answer.status == 0 and b"ConnectionRefused" in answer.body:
            return answers, answer.begin
        answers.append(answer)
        time.sleep(0.2)
    return answers, time.monotonic()


def looked_at(task, path, begin):
    """Looks until nobody is there any more."""
    answers = []
    while time.monotonic() - begin < LOADED:
        answer = task.ask("GET", path)
        if answer.status == 0:
            break
        answers.append(answer)
        time.sleep(1)
    return answers


def whole(stream):
    """The rest of a stream, when it ended, and whether it has its end."""
    try:
        said = stream.read()
    except Exception as error:
        return repr(error).encode(), time.monotonic(), False
    return said, time.monotonic(), True


def last_message(answer):
    messages = [line[len("data: "):] for line in answer.body.decode().splitlines() if line.startswith("data: ")]
    return json.loads(messages[-1]) if messages else {}
