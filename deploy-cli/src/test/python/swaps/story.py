"""Twelve swaps while many call, listen and wait; then one that goes wrong, which the rig must notice."""

import contextlib
import secrets
import time

import servers
from trials import check
from used_secrets import note

from swaps import sigkill, verdicts
from swaps.fleet import STOP_SECONDS, Fleet, LoadedTasks
from swaps.listeners import Listener
from swaps.load import Load
from swaps.long_calls import LongCalls
from swaps.service import Service
from swaps.storage import BUCKET, URL, Storage
from swaps.tokens import Mint

# Whether the signal comes first, and seconds until the other thing happens.
SWAPS = [(bool(number % 2), number // 2) for number in range(12)]
ACCOUNT = "123456789012"
USERS = 60
STREAMS, STREAMS_OF_A_USER = 20, 5
LONG_CALLERS = 6
WARM_UP, QUIET = 6, 12
# Between one swap and the next comes the twelfth part of them, of all kinds.
ENOUGH = 21_000
LOOK = 0.1
# Seconds for the requests of one swap; a task of its own could answer them ten times.
PATIENCE = 120


def play(tar, moto_server, folder, logs):
    """All of it; `folder` is for what goes with the world."""
    mint = Mint(BUCKET)
    with contextlib.ExitStack() as running:
        log = running.enter_context(open(logs / "balancer.log", "w", buffering=1))
        containers = LoadedTasks(tar, folder / "podman")
        running.callback(containers.close)
        moto = running.enter_context(servers.moto(moto_server, ACCOUNT, logs / "moto.log"))
        fleet = Fleet(containers, {
            "MCP_ENHANCED_JWT_SECRET": mint.secret, "MCP_STATE_SECRET": note("swaps", secrets.token_urlsafe(48)),
            "AWS_ENDPOINT_URL_S3": URL, "AWS_REGION": "us-east-1"}, Storage(moto, running), logs)
        service = Service(fleet, folder / "balancer", log)
        begin = time.monotonic()
        service.grow(2)
        print(f"two tasks serve after {time.monotonic() - begin:.1f} s", flush=True)
        load = Load(service.port, mint.tokens("user", USERS), folder, logs / "wrk.log")
        swapped(service, load, mint)
        killed = sigkill.story(service, load)
        service.balancer.close()
        verdicts.counted(service, killed)
        verdicts.logged(fleet)


def swapped(service, load, mint):
    listeners = [Listener(service.port, token, f"{user}-{one}")
                 for user, token in enumerate(mint.tokens("listener", STREAMS // STREAMS_OF_A_USER))
                 for one in range(STREAMS_OF_A_USER)]
    calls = LongCalls(service.port, mint.tokens("patient", LONG_CALLERS))
    for seconds in (WARM_UP, QUIET):
        with load.flowing():
            time.sleep(seconds)
    quiet = load.figures
    check(f"nothing fails while nothing is swapped: {quiet}", not quiet.failed, quiet.why)
    begin = time.monotonic()
    with load.flowing():
        ended = turned_over(service, begin)
    calls.finish()
    print(f"{len(SWAPS)} swaps took {time.monotonic() - begin:.0f} s", flush=True)
    verdicts.served(quiet, load.figures)
    verdicts.ended(ended, len(SWAPS))
    verdicts.listened(listeners, service.serving, ended)
    verdicts.waited(calls, ended)
    for listener in listeners:
        listener.leave()


def turned_over(service, begin):
    """All swaps; gives the tasks that had to go, each of which is gone if it ever will be."""
    sent, swaps = service.requests(), []
    for number, (signal_first, pause) in enumerate(SWAPS, 1):
        swaps.append(service.swap(signal_first, pause))
        steps = ("SIGTERM", "deregistered") if signal_first else ("deregistered", "SIGTERM")
        print(f"{time.monotonic() - begin:6.1f} s: {steps[0]}, {pause} s later {steps[1]}", flush=True)
        late = time.monotonic() + PATIENCE
        while (answered := service.requests() - sent) < number * ENOUGH / len(SWAPS):
            if time.monotonic() > late:
                raise TimeoutError(f"{answered} requests until {PATIENCE} s after swap {number}: callers are too slow")
            time.sleep(LOOK)
    for swap in swaps:
        swap.join()
    gone = [task for task in service.fleet.tasks if task not in service.serving]
    for task in gone:
        task.wait(task.signalled + STOP_SECONDS + 5 - time.monotonic())
    return gone
