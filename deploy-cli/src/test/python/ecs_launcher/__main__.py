"""Starts moto and what it lacks; prints where they are, and ends with SIGTERM."""

import argparse
import threading
import time

import moto.server

from ecs_launcher import moto_patches
from ecs_launcher.balancer import BALANCERS, balancer
from ecs_launcher.images import Images
from ecs_launcher.operations import Operations
from ecs_launcher.runners import RUNNERS, runner
from ecs_launcher.targets import Targets
from ecs_launcher.world import World

TICK = 0.05


def main():
    parser = argparse.ArgumentParser(prog="ecs_launcher", description=__doc__)
    parser.add_argument("--port", default="0", help="of AWS; 0 takes a free one")
    parser.add_argument("--time-scale", type=float, default=10, help="divides the periods of AWS")
    parser.add_argument("--work", required=True, help="a folder for images and programs")
    parser.add_argument("--registry", help="host and port of the images of ECR")
    parser.add_argument("--runner", choices=RUNNERS, default="process", help="what a task is")
    parser.add_argument("--balancer", choices=BALANCERS, default="forwarder", help="who sends requests there")
    parser.add_argument("--beside", type=int, metavar="PORT",
                        help="what listens at it on this machine, tasks find at 127.0.0.1")
    parser.add_argument("--plant", nargs=2, metavar=("GOOD", "BAD"), help="a fault that must be noticed")
    options = parser.parse_args()
    world = World(options.time_scale)
    chosen = balancer(options.balancer, world, f"{options.work}/balancer")
    world.targets = Targets(world, chosen)
    operations = Operations(
        world, runner(options.runner, Images(options.work, options.registry), f"{options.work}/runner", options.beside),
        options.registry)
    moto_patches.install(world, operations, options.plant)
    print(f"Balancer on http://127.0.0.1:{chosen.port}", flush=True)
    threading.Thread(target=play, args=(world, operations), daemon=True).start()
    try:
        moto.server.main(["-H", "127.0.0.1", "-p", options.port])
    finally:
        chosen.close()
        operations.close()


def play(world, operations):
    while True:
        time.sleep(TICK)
        with world.lock:
            for service in list(operations.played.values()):
                try:
                    service.tick()
                except Exception as e:
                    world.problem(f"service {service.name}: {e!r}")
                    raise


main()
