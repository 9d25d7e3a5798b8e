"""Who runs tasks.

A runner has `start(image, environment, port, limits, heard)`, which pulls the image and gives what
runs, or raises `CannotStart` with the words of ECS; and `close()`, which ends all of it. What runs has
`address`, `digest` of the image, `wait(seconds)` for its exit code or None, `check(command, seconds)`
for a health command, and `stop(seconds)`: SIGTERM, and SIGKILL when that time is over. Once it has
ended, `why` is None or what ECS says of the container, and `used` None or what it took of the machine.
`heard` gets each line that it writes.
"""

import dataclasses


class CannotStart(Exception):
    """Why a task never came to run."""


@dataclasses.dataclass(frozen=True)
class Limits:
    """What a task definition allows. None and () leave it to the image or to the runner."""

    cpus: float | None = None  # processors
    memory: int | None = None  # MiB
    user: str | None = None
    read_only: bool = False  # the root file system
    writable: tuple = ()  # paths of volumes
    dropped: tuple = ()  # capabilities
    has_init: bool = False
    ulimits: tuple = ()  # (name, soft, hard)


def runner(name, images, folder, beside=None):
    """`folder` is for what the runner keeps; no other launcher may use it.

    `beside` is a port of this machine that tasks find at their own address of loopback.
    """
    from ecs_launcher.podman_tasks import PodmanTasks
    from ecs_launcher.process_tasks import ProcessTasks
    from ecs_launcher.stand_in_tasks import StandInTasks

    return {
        "process": lambda: ProcessTasks(images),
        "podman": lambda: PodmanTasks(images, folder, beside),
        "stand-in": StandInTasks,
    }[name]()


RUNNERS = ("process", "podman", "stand-in")
