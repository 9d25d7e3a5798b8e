"""Load at a pace of its own, whatever the answers: a process with many open connections."""

import asyncio
import math
import time
from typing import NamedTuple

from launched import FORK
from material import call, headers
from wire import parsed


class Crowd(NamedTuple):
    """Users with their tokens, the connections of each, the seconds between two calls on a connection, and
    the bucket of these calls. Whoever asks another port asks for a page there."""

    name: str
    tokens: list
    connections: int
    pause: float
    bucket: str
    port: int = 0


class Sample(NamedTuple):
    crowd: str
    at: float
    seconds: float
    status: int
    says_when: bool


def load(port, seconds, *crowds):
    """Lets crowds ask for a time; gives a sample for each answer."""
    told, tells = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: tells.send(asyncio.run(ask(port, seconds, crowds))), daemon=True)
    process.start()
    samples = told.recv() if told.poll(seconds + 90) else []
    process.join(5)
    process.kill()
    return samples


async def ask(port, seconds, crowds):
    samples = []
    everybody = [(crowd, token) for crowd in crowds for token in crowd.tokens for _ in range(crowd.connections)]
    begin = time.monotonic() + 1.0
    end = begin + seconds
    places = {crowd.name: 0 for crowd in crowds}
    work = []
    for crowd, token in everybody:
        # Spread over the pause, so that nobody asks in step with another.
        number = places[crowd.name]
        places[crowd.name] += 1
        first = begin + crowd.pause * number / (len(crowd.tokens) * crowd.connections)
        work.append(one(port, crowd, token, first, end, samples))
    await asyncio.gather(*work)
    return samples


async def one(port, crowd, token, at, end, samples):
    """One connection: a call at each of its times, or at once when the answer before was late."""
    request = request_of(port, crowd, token)
    port = crowd.port or port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while at < end:
        await asyncio.sleep(max(0, at - time.monotonic()))
        begin = time.monotonic()
        try:
            writer.write(request)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 30)
            status, fields = parsed(head[:-4])
            await reader.readexactly(int(fields.get("content-length", "0")))
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError):
            status, fields = 0, {}
        samples.append(Sample(crowd.name, begin, time.monotonic() - begin, status, "retry-after" in fields))
        if status == 0 or fields.get("connection", "").lower() == "close":
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        at = max(at + crowd.pause, time.monotonic())
    writer.close()


def request_of(port, crowd, token):
    if crowd.port:
        return b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    body = call("bucket_objects_list", {"bucket": crowd.bucket})
    lines = [f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers(token)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def times(samples, name):
    """The seconds of a crowd's answers."""
    return [one.seconds for one in samples if one.crowd == name]


def percentile(values, share):
    """The value below which a share of all lie; infinite without values."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.inf
