"""A task that is killed while the balancer sends it requests: the rig must notice."""

import time

from trials import check

from swaps.load import CONNECTIONS

BEFORE, AFTER = 1.5, 8
CUT, REFUSED = 502, 503


def story(service, load):
    killed = service.serving[0]
    with load.flowing():
        time.sleep(BEFORE)
        killed.kill()
        time.sleep(AFTER)
    figures = load.figures
    # On a connection that was used before, the balancer leaves it to the client to try again.
    cut = figures.statuses.count(CUT) + figures.sockets
    check(f"a task that is killed while it is registered fails {figures.failed} requests",
          figures.failed > 0 and figures.requests > figures.failed, figures)
    check(f"of these {cut} were in work, and the others never reached it", cut <= CONNECTIONS
          and figures.failed == cut + figures.statuses.count(REFUSED), (figures.statuses[:50], figures.why))
    return killed
