"""More than the server admits: refusals come at once, what was admitted is served, others are not disturbed."""

import collections
import statistics

from load import Crowd, load, percentile, times
from material import token
from process_state import rss
from used_secrets import note

PLACES = 64
USER_PLACES = 8
USER_RATE = 20
REFUSAL_SECONDS = 0.05
SHIFT = 1.25
# Tries, for others may use this machine as well. Each that fails is told.
LOOKS = 3
MAX_RSS_KIB = 440 << 10
# Time of a call at the storage: long, so that places are taken by waiting and not by this machine's processors.
LONG = "delay-1000"
SHORT = "delay-50"


def tokens(name, count):
    """Users with rights of their own at the storage."""
    keys = {"access_key_id": "AKIAIOSFODNN7EXAMPLE", "secret_access_key": note("hostile", "hostile-storage-key-" + name),
            "session_token": note("hostile", "hostile-storage-session-" + name)}
    return [token(f"{name}-{one}", buckets=[LONG, SHORT], aws_credentials=keys) for one in range(count)]


def warm_up(server):
    """What is loaded once and kept is no leak, and no code is new to the machine."""
    load(server.port, 6, Crowd("warm", tokens("warm", PLACES), 1, 0, SHORT))
    load(server.port, 6, Crowd("warmer", tokens("warmer", 8), 4 * USER_PLACES, 1, LONG))


def everybody_at_once(report, server, echo):
    """Four times the load that fills all places, by many users of whom none asks too much."""
    users = tokens("many", 6 * PLACES // USER_PLACES)
    guest = Crowd("guest", tokens("guest", 1), 1, 0.1, SHORT)
    calm = times(load(server.port, 5, guest), "guest")
    # Everybody asks as soon as they have their answer, on as many connections as there are places.
    full = served(load(server.port, 6, Crowd("full", tokens("full", PLACES), 1, 0, LONG)), "full", 1.5, 5.5)
    crowd = Crowd("crowd", users, USER_PLACES, len(users) * USER_PLACES / (4 * PLACES), LONG)
    for look in range(LOOKS):
        samples = load(server.port, 12, crowd, floor(echo))
        after = times(load(server.port, 5, guest), "guest")
        late = Lateness(samples, "crowd")
        if late.is_fine():
            break
        print(f"look {look + 1}: {late}", flush=True)
    good = served(samples, "crowd", 1.5, 11)
    statuses = collections.Counter(one.status for one in samples if one.crowd == "crowd")
    report.check(f"4 x the load, {len(users) * USER_PLACES} connections that ask {4 * PLACES} times a second: "
                 f"{len(late.refused)} calls are refused with 503 and Retry-After, {statuses[200]} served",
                 len(late.refused) > 2 * statuses[200] and late.are(503), statuses)
    report.check(f"4 x the load: 99 of 100 refusals come within 50 ms ({late})", late.is_fine(), late)
    report.check(f"4 x the load: 90 % of what all places serve is served ({good:.1f} of {full:.1f} a second)",
                 good >= 0.9 * full, good)
    shown = [f"{percentile(one, share) * 1000:.0f}" for one in (calm, after) for share in (0.5, 0.99)]
    report.check(f"calls of the five seconds after it are as quick as before: half of them within {shown[2]} ms, before "
                 f"within {shown[0]} (99 of 100: {shown[3]} and {shown[1]})",
                 percentile(after, 0.5) <= SHIFT * percentile(calm, 0.5), shown)
    used = rss(server.pid)
    report.check(f"memory stays within {MAX_RSS_KIB >> 10} MiB ({used >> 10} MiB)", used <= MAX_RSS_KIB, used)


def served(samples, name, begin, end):
    """Answers a second between two moments, counted from the first question."""
    start = min(one.at for one in samples)
    done = [one for one in samples
            if one.crowd == name and one.status == 200 and begin <= one.at + one.seconds - start < end]
    return len(done) / (end - begin)


def floor(echo):
    """Asks a page that costs nothing: how late it comes, this machine is at that time."""
    return Crowd("floor", [""], 4, 0.04, "", echo)


class Lateness:
    """How late the refusals of a crowd came, beyond what this machine needs for any answer at that time."""

    def __init__(self, samples, crowd):
        self.refused = [one for one in samples if one.crowd == crowd and one.status != 200]
        seconds = [one.seconds for one in self.refused]
        self.half, self.most = percentile(seconds, 0.5), percentile(seconds, 0.99)
        self.floor = percentile(times(samples, "floor"), 0.99)

    def is_fine(self):
        return self.most <= REFUSAL_SECONDS + self.floor

    def are(self, status):
        return all(one.status == status and one.says_when for one in self.refused)

    def __str__(self):
        return (f"{self.most * 1000:.1f} ms where a page that costs nothing takes {self.floor * 1000:.1f}; "
                f"half of them within {self.half * 1000:.1f}")


def greedy(report, server, echo):
    """Users who ask for more than their share, and what others notice."""
    one = Crowd("greedy", tokens("greedy", 1), 10 * USER_PLACES, 10 * USER_PLACES / (10 * USER_RATE), LONG)
    compared(report, server, echo, f"one user asks {10 * USER_RATE} times a second for {USER_RATE}", one, 7)
    some = Crowd("greedy", tokens("some", 4), 4 * USER_PLACES, 4 * USER_PLACES / (4 * USER_RATE), LONG)
    compared(report, server, echo, f"four users ask {4 * USER_RATE} times a second each", some, 5)


def compared(report, server, echo, what, crowd, turns):
    """The 99th of 100 calls of good users alone and beside a crowd, in turns; the median of all ratios counts."""
    good = Crowd("good", tokens("good", 12), 1, 1 / 15, SHORT)
    load(server.port, 3, good, crowd)
    for look in range(LOOKS):
        rounds, samples, failed = [], [], 0
        for _ in range(turns):
            alone = load(server.port, 4, good, floor(echo))
            beside = load(server.port, 4, good, crowd, floor(echo))
            rounds.append([percentile(times(one, "good"), 0.99) for one in (alone, beside)])
            samples += beside
            failed += sum(one.status != 200 for one in alone + beside if one.crowd == "good")
        ratio = statistics.median(beside / alone for alone, beside in rounds)
        late = Lateness(samples, "greedy")
        if ratio <= SHIFT and late.is_fine():
            break
        print(f"look {look + 1}: others in {ratio:.2f} of the time, refusals {late}", flush=True)
    shown = ", ".join(f"{beside * 1000:.0f} for {alone * 1000:.0f}" for alone, beside in rounds)
    report.check(f"{what}: {len(late.refused)} calls are refused with 429 and Retry-After",
                 len(late.refused) > 100 and late.are(429), collections.Counter(one.status for one in late.refused))
    report.check(f"{what}: 99 of 100 refusals come within 50 ms ({late})", late.is_fine(), late)
    report.check(f"{what}: others are all served, in {ratio:.2f} of the time (99 of 100 calls: {shown} ms)",
                 ratio <= SHIFT and failed == 0, (ratio, failed))
