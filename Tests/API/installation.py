"""An installation of the demo partnership in a temporary folder, served on a free port of the loopback address.

Made for Scripts/api-tests, Scripts/security-scan and Scripts/bench-serve; needs the package requests.
"""

import contextlib
import html
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

import requests

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PASSWORD = "obbwade bridge lantern"


def program():
    """The program named by CONCORD_PROGRAM, or the one that was built last."""
    if os.environ.get("CONCORD_PROGRAM"):
        return pathlib.Path(os.environ["CONCORD_PROGRAM"]).resolve()
    built = [ROOT / ".build" / kind / "concord" for kind in ("release", "debug")]
    built = [path for path in built if path.exists()]
    if not built:
        raise SystemExit("There is no program: run swift build --product concord.")
    return max(built, key=lambda path: path.stat().st_mtime)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Cluster:
    """A PostgreSQL server on a socket in a temporary folder."""

    def __init__(self):
        versions = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        if not versions:
            raise SystemExit("PostgreSQL is not installed: run Scripts/set-up.")
        self.programs = versions[-1]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-pg-", dir="/tmp"))
        self.user = []
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
        self._run("initdb", "-D", self.folder / "data", "-U", "owner", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c shared_buffers=32MB"
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")
        for statement in ("CREATE ROLE serving LOGIN", "CREATE DATABASE concord"):
            self._run("psql", "-q", "-h", self.folder, "-U", "owner", "-d", "postgres", "-c", statement)

    def _run(self, name, *arguments):
        command = [*self.user, self.programs / name, *arguments]
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def url(self, role):
        return f"postgresql://{role}@/concord?host={self.folder}"

    def close(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


class Person(requests.Session):
    """A signed-in person's browser, without scripts."""

    def __init__(self, installation, email):
        super().__init__()
        self.at = installation.address
        answer = self.send_form("/sign-in", "/sign-in", email=email, password=PASSWORD)
        if answer.url.endswith("/sign-in/second-factor"):
            self.send_form("/sign-in/second-factor", "/sign-in/second-factor", code=installation.code(email))
        home = self.see("/")
        if home.status_code != 200 or home.url.rstrip("/") != self.at:
            raise SystemExit(f"{email} could not sign in: {home.status_code} {home.url}")

    def see(self, path, **options):
        return self.get(self.at + path, timeout=60, **options)

    def token(self, page):
        found = re.search(r'name="csrf"\s+value="([^"]*)"', page.text)
        if not found:
            raise SystemExit(f"There is no form on {page.url} ({page.status_code})")
        return html.unescape(found[1])

    def send_form(self, page, path, **fields):
        """Opens the page and sends its form to the path."""
        fields["csrf"] = self.token(self.see(page))
        return self.post(self.at + path, data=fields, timeout=60)


class Installation:
    """The demo partnership, made and served. To be used in a with statement."""

    def __init__(self, years=2, postgresql=False, threads=None, log=None):
        self.program = program()
        self.years = years
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="concord-proof-", dir="/tmp"))
        self.address = f"http://127.0.0.1:{free_port()}"
        self.cluster = Cluster() if postgresql else None
        self.log = log or self.folder / "serve.log"
        self.process = None
        data = self.folder / "var"
        self.environment = {
            **os.environ,
            "CONCORD_EVIDENCE": str(self.folder / "records" / "partnership.json"),
            "CONCORD_DATA": str(data),
            "CONCORD_PORT": self.address.rsplit(":", 1)[1],
            "CONCORD_PUBLIC_ADDRESS": self.address,
            "CONCORD_ASSETS": str(ROOT / "Assets"),
            "CONCORD_BREACHED_PASSWORDS": str(ROOT / "Lists" / "breached-passwords.txt"),
        }
        self.arguments = ["--definitions", str(ROOT / "Definitions")]
        self.is_behind_tls = False
        self.web = {"threads": threads} if threads else {}
        if self.cluster:
            self.environment["CONCORD_DATABASE"] = self.cluster.url("serving")
            self.environment["CONCORD_DATABASE_OWNER"] = self.cluster.url("owner")

    def __enter__(self):
        # Told to stop, a script still ends the server and removes the folder.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
        try:
            self.run("demo", "records", "--years", str(self.years), "--output", self.folder / "records", definitions=False)
            self.run("init", "--demo")
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def run(self, *arguments, definitions=True):
        command = [self.program, *arguments, *(self.arguments if definitions else [])]
        done = subprocess.run(
            [str(part) for part in command], env=self.environment, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise SystemExit(f"concord {arguments[0]} failed: {done.stderr.strip()}")
        return done.stdout.strip()

    def start(self):
        configuration = self.folder / "concord.json"
        configuration.write_text(json.dumps({"web": self.web}))
        self.environment["CONCORD_CONFIG"] = str(configuration)
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [str(self.program), "serve", *self.arguments], env=self.environment, stdout=log, stderr=log,
                cwd=self.folder)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(requests.ConnectionError):
                if requests.get(self.address + "/health", timeout=5).status_code == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("concord serve did not begin: " + pathlib.Path(self.log).read_text()[-2000:])

    def stop(self):
        """Ends the program as an operator would, and waits for it."""
        if self.process:
            if self.process.poll() is not None:
                note(f"concord serve ended by itself, with status {self.process.returncode}:")
                note("\n".join(pathlib.Path(self.log).read_text(errors="replace").splitlines()[-40:]))
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def restart_behind_tls(self):
        """Serves the same installation again, as behind a proxy that speaks TLS."""
        self.stop()
        self.is_behind_tls = True
        self.web["trustedProxies"] = ["127.0.0.1"]
        self.environment["CONCORD_PUBLIC_ADDRESS"] = self.address.replace("http:", "https:")
        self.start()

    def close(self):
        self.stop()
        if self.cluster:
            self.cluster.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def failures(self):
        """What the program wrote of its own failures."""
        lines = pathlib.Path(self.log).read_text(errors="replace").splitlines()
        return [line for line in lines if '"failure"' in line or "Fatal error" in line]

    def code(self, email):
        return self.run("demo", "code", email)

    def person(self, role):
        return Person(self, f"{role}@obbwade.example")

    def assess(self, analyst, title, first, last):
        """Makes an assessment and waits for it. Returns its identifier; it is a draft."""
        answer = analyst.send_form("/assessment/new", "/assessment/new", title=title, **{"from": first, "to": last})
        deadline = time.monotonic() + 300
        while "/assessment/jobs/" in answer.url and time.monotonic() < deadline:
            time.sleep(0.3)
            answer = analyst.get(answer.url, timeout=60)
            if "Start again" in answer.text:
                break
        found = re.fullmatch(r".*/assessment/([0-9a-f-]{36})", answer.url)
        if not found:
            raise SystemExit(f"The assessment was not made: {answer.url} {answer.status_code}")
        return found[1]

    def publish(self, lead, assessment):
        answer = lead.get(f"{self.address}/assessment/{assessment}/publish", timeout=60)
        seen = re.search(r'name="seen"\s+value="(\d+)"', answer.text)
        fields = {"csrf": lead.token(answer), "seen": seen[1] if seen else ""}
        done = lead.post(answer.url, data=fields, timeout=60)
        if "Published" not in done.text:
            raise SystemExit(f"The assessment was not published: {done.status_code} {done.url}")

    def scopes(self, administrator):
        """What an administrator can let a client program call."""
        return re.findall(r'name="scope"[^>]*value="([^"]+)"', administrator.see("/trust/clients/new").text)

    def client(self, administrator, name, roles):
        """Makes a client program with every scope there is. Returns its token."""
        page = administrator.see("/trust/clients/new")
        scopes = self.scopes(administrator)
        fields = {
            "csrf": administrator.token(page), "name": name, "agency": "council", "scope": scopes, "role": roles,
            "ends": time.strftime("%d/%m/%Y", time.gmtime(time.time() + 30 * 86400)),
        }
        answer = administrator.post(page.url, data=fields, timeout=60)
        found = re.search(r"<code>([A-Za-z0-9_-]{20,})</code>", answer.text)
        if not found:
            raise SystemExit(f"The client program was not added: {answer.status_code}")
        return found[1]


def note(text):
    print(text, flush=True)
