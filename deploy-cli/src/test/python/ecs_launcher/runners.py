"""Who runs tasks.

A runner has `start(image, environment, port, heard)`, which pulls the image and gives what runs, or
raises `CannotStart` with the words of ECS; and `close()`, which ends all of it. What runs has
`address`, `digest` of the image, `wait(seconds)` for its exit code or None, `check(command, seconds)`
for a health command, and `stop(seconds)`: SIGTERM, and SIGKILL when that time is over. `heard` gets
each line that it writes.
"""


class CannotStart(Exception):
    """Why a task never came to run."""


def runner(name, images):
    from ecs_launcher.process_tasks import ProcessTasks

    return {
        "process": lambda: ProcessTasks(images),
        # A runner of containers comes here.
    }[name]()
