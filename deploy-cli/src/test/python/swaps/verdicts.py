"""What became of requests, tasks, streams and calls."""

from trials import check

from swaps.long_calls import MIN_SECONDS

MIN_REQUESTS = 20_000
MOST_SECONDS = 65  # from the signal to the end


def served(quiet, swapping):
    """By wrk's count."""
    check(f"{swapping.requests} requests during the swaps, and none fails", not swapping.failed
          and swapping.requests >= MIN_REQUESTS, (swapping.requests, swapping.failed, swapping.why))
    print(f"during the swaps: {swapping}; the latter is {swapping.p99 / quiet.p99:.1f} times that before", flush=True)


def ended(tasks, count):
    took = max((task.took() for task in tasks if task.gone), default=0)
    check(f"{len(tasks)} tasks ended with 0, the last {took:.0f} s after its signal", len(tasks) == count
          and all(task.code == 0 and task.took() <= MOST_SECONDS for task in tasks),
          [(task.code, task.gone and task.took()) for task in tasks])


def listened(listeners, serving, ended):
    """A stream that was opened on a task which had its signal ends as well as the others, and at once."""
    ends = [one for listener in listeners for one in listener.ends()]
    wrong = [one.wrong for one in ends if one.wrong] + [one for listener in listeners for one in listener.refusals]
    signalled = {task.name: task.signalled for task in ended}
    early = sum(one.opened > signalled.get(one.target, one.opened) for one in ends)
    check(f"{len(listeners)} streams ended {len(ends)} times ({early} times as they came back too early), each with its "
          "last message and an answer", len(ends) - early >= len(listeners) * len(ended) // 3 and not wrong,
          (len(ends), len(wrong), wrong[:3]))
    there = [[one.target for one in listener.streams if one.opened < signalled.get(one.target, one.opened + 1)]
             for listener in listeners]
    names = {task.name for task in serving}
    check("each came back on another task, and is on one that serves",
          all(one and one[-1] in names and all(a != b for a, b in zip(one, one[1:])) for one in there), (names, there))


def waited(calls, ended):
    met = sum(call.began < task.signalled < call.ended and call.target == task.name
              for call in calls.full for task in ended)
    check(f"{len(calls.full)} calls of {MIN_SECONDS} s and more were answered whole, {met} of them by a task that had "
          f"its signal meanwhile; {len(calls.told)} were told to come again, and none was lost",
          not calls.lost and met >= len(ended) and all(call.seconds() >= MIN_SECONDS for call in calls.full),
          (calls.lost[:5], [round(call.seconds(), 1) for call in calls.full][:20]))


def counted(service, killed):
    """By the balancer's count, for it has ended."""
    good = service.counted([task for task in service.fleet.tasks if task is not killed])
    check(f"the balancer counted no failure of them: {dict(good)}", good["reuse"] > good["connect"]
          and not any(good[name] for name in ("econ", "eresp", "hrsp_5xx")))
    bad = service.counted([killed])
    check(f"but those of the task that was killed: {dict(bad)}", bad["econ"] + bad["eresp"] > 0)


def logged(fleet):
    wrong = [line[:400] for task in fleet.tasks for line in task.lines() if '"level":"ERROR"' in line]
    check("no task logged a defect", not wrong, wrong[:3])
