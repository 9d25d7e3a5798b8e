"""Plays whole releases on this machine, with real parts and no AWS.

Terraform makes the service in an account of moto; deploy-cli builds, pushes and releases; podman runs
each task under a quarter of a processor and 512 MiB; HAProxy sends them requests while somebody calls
all the time. A version that fails its health check is rolled back and explained, and a rollback ends it.
The report is a page with a chart, and the same as JSON. It takes some minutes.
"""

import argparse
import contextlib
import fcntl
import os
import pathlib
import subprocess
import sys
import tempfile

import private_world
from rehearsal import acts, parts
from rehearsal.parts import HOME

# Less than .ci/run has.
PATIENCE = 840


def main():
    parser = argparse.ArgumentParser(
        prog="rehearse", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="examples:\n  bin/rehearse\n  bin/rehearse --no-podman --report /tmp/report\n"
               "exit status: 0 when all went as it should, 1 when not, 2 when something is missing")
    parser.add_argument("--time-scale", type=float, default=10, metavar="N",
                        help="divides the periods of ECS and the load balancer (default: 10)")
    parser.add_argument("--report", type=pathlib.Path, default=HOME / "target" / "rehearsal", metavar="FOLDER",
                        help="where the report goes (default: target/rehearsal)")
    parser.add_argument("--no-podman", action="store_true",
                        help="run tasks as plain processes, without limits, behind a plain forwarder")
    options = parser.parse_args()
    options.report = options.report.resolve()
    private_world.unwind_on_sigterm()
    if private_world.is_inside():
        play(options)
    options.report.mkdir(parents=True, exist_ok=True)
    with alone(options.report):
        try:
            os.environ["TF_PLUGIN_DIR"] = parts.require(options.no_podman)
        except parts.Missing as e:
            print("The rehearsal needs more than there is here:", *e.lines, sep="\n  ", file=sys.stderr)
            sys.exit(2)
        # What is older than its sources is built here, where Maven has a network.
        for program in ("quilt-mcp", "deploy-cli"):
            subprocess.run([str(HOME / "bin" / program), "--help"], stdin=subprocess.DEVNULL,
                           stdout=subprocess.DEVNULL, check=True)
        if options.no_podman:
            play(options)
        sys.exit(private_world.rerun(PATIENCE))


@contextlib.contextmanager
def alone(folder):
    """Nobody else writes to the folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print(f"Another rehearsal writes to {folder}. Wait for it, or name another folder: --report FOLDER.",
              file=sys.stderr)
        sys.exit(2)
    try:
        yield
    finally:
        os.close(handle)


def play(options):
    # The world may still hold mounts there, and takes all with it.
    with tempfile.TemporaryDirectory(prefix="rehearsal-", ignore_cleanup_errors=private_world.is_inside()) as folder:
        sys.exit(0 if acts.play(options, pathlib.Path(folder)) else 1)


if __name__ == "__main__":
    os.umask(0o022)
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
