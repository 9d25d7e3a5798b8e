"""Images that stand in for the server where nothing but a rollout is looked at: they start at once.

One answers whatever is called as the build that it is released as, and each of its health checks as it
was made to. It leans on the Python of this machine.
"""

import subprocess

from trials import base_image

SERVER = b'''
import http.server, json, os, signal


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(int(os.environ["PROBED"]), {})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, {"jsonrpc": "2.0", "id": 1, "result": {"_meta": {
            "understudy/build": os.environ["MCP_SERVER_VERSION"]}}})

    def answer(self, status, told):
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
address = os.environ["FASTMCP_ADDR"], int(os.environ["FASTMCP_PORT"])
print("understudy at", *address, flush=True)
http.server.ThreadingHTTPServer(address, Handler).serve_forever()
'''


def push(folder, registry, name, version, healthy=True, probed=200):
    """Pushes one; gives its reference. Each has a digest of its own.

    `healthy` is what its health command says, `probed` the status that a balancer gets.
    """
    image = base_image(
        folder / f"understudy-{version}.tar",
        {"app/server.py": SERVER, "app/bin/health": b"#!/bin/sh\nexit %d\n" % (not healthy)},
        f"PROBED={probed}", f"MADE_AS={version}", command=("/usr/bin/python3", "-I", "/app/server.py"))
    subprocess.run(["skopeo", "copy", "-q", "--format", "oci", "--dest-tls-verify=false",
                    f"docker-archive:{image}", f"docker://{registry}/{name}:{version}"],
                   check=True, stdin=subprocess.DEVNULL, timeout=60)
    digest = subprocess.run(["skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}",
                             f"docker://{registry}/{name}:{version}"],
                            check=True, capture_output=True, text=True, timeout=60).stdout.strip()
    return f"{registry}/{name}:{version}@{digest}"
