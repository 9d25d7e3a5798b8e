"""An address for each task, as those have that ECS gives a network interface of their own."""

import ctypes
import os
import socket
import subprocess
import threading

from ecs_launcher.runners import CannotStart

HOST = "10.77.0.1"
FIRST = 11
LAST = 0xFFFE
PATIENCE = 30
BACKLOG = 128
NAMESPACES = "/run/netns"
MADE = """
ip link add br0 type bridge
ip addr add "$1/16" dev br0
ip link set br0 up
"""
JOINED = """
ip netns add "$1"
ip link add "v$1" type veth peer name eth0 netns "$1"
ip link set "v$1" master br0 up
ip -n "$1" link set lo up
ip -n "$1" addr add "$2/16" dev eth0
ip -n "$1" link set eth0 up
"""


class Network:
    """10.77.0.0/16 on a bridge, and nothing beyond. No address is given twice.

    It wants a network namespace of its own, in which nobody has made an interface.
    """

    def __init__(self):
        others = [name for _, name in socket.if_nameindex() if name != "lo"]
        if others:
            raise SystemExit(f"There are interfaces here: {' '.join(others)}. Start the launcher in namespaces "
                             "of its own, as private_world.py does, or take --runner process.")
        self.lock = threading.Lock()
        self.last = FIRST - 1
        shell(MADE, HOST)

    def join(self):
        """Makes a network namespace; gives its name and its address."""
        with self.lock:
            self.last += 1
            number = self.last
        if number > LAST:
            raise CannotStart("RESOURCE:ENI: there is no address left")
        name, address = f"t{number}", f"10.77.{number >> 8}.{number & 0xFF}"
        try:
            shell(JOINED, name, address)
        except subprocess.SubprocessError as e:
            raise CannotStart(f"ResourceInitializationError: failed to configure the network: {e}") from e
        return name, address

    @staticmethod
    def leave(name):
        subprocess.run(["ip", "netns", "del", name], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                       timeout=PATIENCE)

    @staticmethod
    def close():
        shell("ip link del br0")


def listening(name, port):
    """A socket at the loopback address of such a namespace: what serves there seems to be beside the task."""
    made = []

    def listen():
        handle = os.open(f"{NAMESPACES}/{name}", os.O_RDONLY)
        try:
            # Of this thread alone.
            if ctypes.CDLL(None, use_errno=True).setns(handle, 0):
                made.append(OSError(ctypes.get_errno(), f"there is no way into {name}"))
                return
            made.append(socket.create_server(("127.0.0.1", port), backlog=BACKLOG))
        except OSError as e:
            made.append(e)
        finally:
            os.close(handle)

    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    if isinstance(made[0], OSError):
        raise made[0]
    return made[0]


def shell(script, *arguments):
    subprocess.run(["sh", "-ec", script, "network", *arguments], stdin=subprocess.DEVNULL, check=True,
                   timeout=PATIENCE)
