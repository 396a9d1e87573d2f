"""An installation of the demo partnership in a temporary folder, served on a free port of this machine."""

import base64
import hashlib
import hmac
import json
import os
import pathlib
import shutil
import socket
import struct
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from cluster import Cluster

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "obbwade bridge lantern"
PEOPLE = ["analyst", "lead", "officer", "police", "advocate", "chair", "admin", "auditor", "member", "intake", "desk"]
# Colleagues who need no crawl of their own: their roles are among those above.
COLLEAGUES = ["coordinator", "housing", "probation", "health", "prevent"]


def program():
    named = os.environ.get("CONCORD_PROGRAM")
    found = [pathlib.Path(named)] if named else [ROOT / f".build/{kind}/concord" for kind in ("release", "debug")]
    for path in found:
        if path.exists():
            return str(path)
    raise FileNotFoundError("Build the program first: make build")


def email(name):
    return f"{name}@obbwade.example"


def totp(secret, step):
    """RFC 6238, by its own words."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


class Installation:
    def __init__(self, on_postgresql, cluster=Cluster):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-browser-"))
        self.cluster = cluster() if on_postgresql else None
        self.program = program()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        data = self.folder / "var"
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("CONCORD_")} | {
            "CONCORD_DATA": str(data), "CONCORD_PORT": str(self.port), "CONCORD_ASSETS": str(ROOT / "Assets"),
            "CONCORD_DEFINITIONS": str(ROOT / "Definitions"),
            "CONCORD_EVIDENCE": str(self.folder / "records/partnership.json")}
        if self.cluster:
            self.environment |= {"CONCORD_DATABASE": self.cluster.address("serving"),
                                 "CONCORD_DATABASE_OWNER": self.cluster.address("owner")}
        self.turn = threading.Lock()
        self.used = {}
        try:
            self.run("demo", "records", "--output", str(self.folder / "records"), "--years", "3", "--quiet")
            self.run("init", "--demo")
            self.secrets = json.loads((data / "demo-sign-ins.json").read_text())
            self.start()
        except BaseException:
            self.remove()
            raise

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments], cwd=self.folder, env=self.environment, text=True,
                              capture_output=True)
        assert done.returncode == 0, f"concord {arguments[0]}: {done.stderr}"
        return done.stdout

    def start(self):
        self.log = open(self.folder / "log", "a+")
        # The server goes when these tests go, however they go.
        self.server = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", self.program, "serve"], cwd=self.folder, env=self.environment,
            stdout=self.log, stderr=self.log)
        until = time.monotonic() + 30
        while True:
            try:
                return urllib.request.urlopen(f"{self.address}/health", timeout=5).close()
            except (urllib.error.URLError, ConnectionError):
                assert self.server.poll() is None and time.monotonic() < until, self.said()
                time.sleep(0.1)

    def said(self):
        return (self.folder / "log").read_text()[-2000:]

    def code(self, name):
        """A code of the second factor that was not used yet, waiting for one if need be."""
        with self.turn:
            while True:
                now = int(time.time()) // 30
                step = max(self.used.get(name, 0) + 1, now)
                if step <= now + 1:
                    self.used[name] = step
                    return totp(self.secrets[email(name)], step)
                time.sleep(0.5)

    def remove(self):
        if hasattr(self, "server"):
            self.server.terminate()
            self.server.wait(30)
        if self.cluster:
            self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
