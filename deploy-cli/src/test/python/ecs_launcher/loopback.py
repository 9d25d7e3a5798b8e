"""Addresses of this machine for tasks that are no containers."""

import secrets
import socket
import threading

from ecs_launcher.runners import CannotStart


class Loopback:
    """Gives each task an address of its own, where nobody listens on its port."""

    def __init__(self):
        # Two launchers on one machine do not meet.
        self.network = f"127.{1 + secrets.randbelow(254)}.{secrets.randbelow(256)}"
        self.lock = threading.Lock()
        self.last = 0

    def free(self, port):
        with self.lock:
            while self.last < 254:
                self.last += 1
                address = f"{self.network}.{self.last}"
                with socket.socket() as tried:
                    try:
                        tried.bind((address, port))
                        return address
                    except OSError:
                        pass
        raise CannotStart("RESOURCE:ENI: there is no address left")
