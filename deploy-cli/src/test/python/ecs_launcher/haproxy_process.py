"""The process of HAProxy: its configuration, its start and its end."""

import pathlib
import socket
import subprocess
import time

from ecs_launcher.runtime_socket import RuntimeSocket

LOOK = 0.02
PATIENCE = 10
# `X-Target` tells which server answered.
CONFIGURATION = """
global
  nbthread 1
  maxconn 2000
  stats socket {socket} mode 600 level admin
  stats timeout 30s
  log stdout format raw local0 err
defaults
  mode http
  log global
  option httplog
  option dontlog-normal
  option log-separate-errors
  option http-keep-alive
  option forwardfor
  http-reuse always
  retries 0
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout http-keep-alive 60s
  timeout http-request 10s
  timeout check {timeout}ms
frontend lb
  bind fd@{listening}
  default_backend tg
backend tg
  balance roundrobin
  option httpchk
  http-check send meth GET uri {path} ver HTTP/1.1 hdr Host {host} hdr User-Agent ELB-HealthChecker/2.0
  http-check expect status {accepted}
  http-response set-header X-Target %s
"""


class HaproxyProcess:
    """On a free port of this machine. Who connects before it starts waits."""

    def __init__(self, folder, log):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log = log  # a file that is open, or its number
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.listening.getsockname()[1]
        self.runtime = RuntimeSocket(str(self.folder / "haproxy.sock"))
        self.configuration = None
        self.process = None

    def configured(self, group):
        """The configuration for a target group."""
        return CONFIGURATION.format(
            socket=self.runtime.path, listening=self.listening.fileno(),
            timeout=round(float(group.health_check_timeout_seconds) * 1000),
            path=group.health_check_path or "/", accepted=group.matcher["HttpCode"],
            # That of the target, as AWS does; servers refuse hosts that they do not know.
            host='"%[bc_dst]:%[bc_dst_port]"')

    def start(self, configuration):
        """Starts it, or starts it anew."""
        self.end()
        self.configuration = configuration
        (self.folder / "haproxy.cfg").write_text(configuration)
        checked = self.run("-c", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, said = checked.communicate(timeout=PATIENCE)
        if checked.returncode:
            raise RuntimeError(f"it refuses its configuration: {said.decode()}")
        self.process = self.run("-q", "-db", stdout=self.log)
        deadline = time.monotonic() + PATIENCE
        while not self.runtime.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("it did not start")
            time.sleep(LOOK)

    def run(self, *options, **streams):
        return subprocess.Popen(["haproxy", *options, "-f", str(self.folder / "haproxy.cfg")],
                                stdin=subprocess.DEVNULL, pass_fds=[self.listening.fileno()], **streams)

    def has_ended(self):
        return self.process is not None and self.process.poll() is not None

    def close(self):
        self.end()
        self.listening.close()

    def end(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
