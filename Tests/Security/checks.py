"""Attacks that a general scanner does not know: what this site promises of its headers, cookies, forms and limits.

Each check gives findings: (severity, what, where). Severity is "high", "medium" or "low".
"""

import html
import re
import socket
import time
import urllib.parse
from html.parser import HTMLParser

import requests

MARK = "zq7x"
# What is typed into every field and parameter. {mark} is found again in the answer.
PAYLOADS = {
    "script": '{mark}"><script>alert(1)</script>',
    "attribute": "{mark}' onmouseover='alert(1)' x=\"\" onfocus=\"alert(1)",
    "link": "javascript:alert({mark})",
    "SQL quote": "{mark}' OR '1'='1' --",
    "SQL number": "1) UNION SELECT NULL,NULL,sqlite_version()--",
    "SQL wait": "'; SELECT pg_sleep(8); --",
    "header": "{mark}\r\nX-Injected: yes\r\n\r\n<b>",
    "path": "../../../../../../../../etc/passwd",
    "encoded path": "..%2f..%2f..%2f..%2fetc%2fpasswd",
    "redirect": "https://evil.example/{mark}",
    "redirect without scheme": "//evil.example/{mark}",
    "redirect by backslash": "/\\evil.example/{mark}",
    "template": "{mark}${{7919*7907}}{{{{7919*7907}}}}<%= 7919*7907 %>",
    "command": ";cat /etc/passwd;$(cat /etc/passwd)",
    "control characters": "{mark}\x00\x1b[31m\u202e",
    "long": "{mark}" + "A" * 20_000,
}
HEADERS = {
    "X-Content-Type-Options": r"nosniff", "X-Frame-Options": r"DENY", "Referrer-Policy": r"same-origin|no-referrer",
    "Permissions-Policy": r".*camera=\(\).*", "Cross-Origin-Opener-Policy": r"same-origin",
    "Content-Security-Policy": r".*frame-ancestors 'none'.*",
}
DATABASE_WORDS = re.compile(
    r"SQLITE_[A-Z]|syntax error at or near|unrecognized token|near \".*\": syntax error|PG::|no such column")


class Page(HTMLParser):
    """The links, the forms and the dangerous parts of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.forms, self.dangers, self.form, self.select = [], [], [], None, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])
        for name, value in attributes:
            if name.startswith("on") or name == "style":
                self.dangers.append(f"attribute {name} of <{tag}>")
            if name in ("href", "src", "action") and (value or "").strip().lower().startswith("javascript:"):
                self.dangers.append(f"{name} of <{tag}> runs script")
        if tag == "script" and not values.get("src") and values.get("type") != "application/json":
            self.dangers.append("script inside the page")
        if tag == "form":
            method = (values.get("method") or "get").lower()
            self.form = {"action": values.get("action") or "", "method": method, "fields": []}
            self.form["multipart"] = "multipart" in (values.get("enctype") or "")
            self.forms.append(self.form)
        if self.form is not None and values.get("name"):
            if tag in ("input", "textarea", "select", "button"):
                skip = values.get("type") in ("checkbox", "radio") and any(
                    name == values["name"] for name, _ in self.form["fields"])
                if not skip:
                    self.form["fields"].append([values["name"], values.get("value") or ""])
                if tag == "select":
                    self.select = self.form["fields"][-1]
        if tag == "option" and self.select is not None and not self.select[1]:
            self.select[1] = values.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        if tag == "select":
            self.select = None


def kind(address):
    """The address with identifiers, digests and numbers taken out: pages of one kind."""
    path, _, query = address.partition("?")
    path = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", path)
    path = re.sub(r"/(sections|tables|figures|files|layers)/[^/]+", r"/\1/X", path)
    names = sorted({name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True)})
    return path + ("?" + "&".join(names) if names else "")


class Scan:
    """One person's view of the site."""

    # What would end the scan's own sign-in, or change it.
    LEAVE = re.compile(r"/sign-out|/account/(password|second-factor|sessions|recovery)|/confirm|/accounts/[^/]+/(close|reset)")

    def __init__(self, person, name, seconds):
        self.person, self.name, self.findings, self.pages, self.forms = person, name, {}, {}, {}
        self.until = time.monotonic() + seconds
        self.requests = 0

    def find(self, severity, what, where):
        self.findings.setdefault((severity, what, kind(where)), f"{where} as {self.name}")

    def ask(self, method, address, **options):
        self.requests += 1
        began = time.monotonic()
        url = address if address.startswith("http") else self.person.at + address
        answer = self.person.request(method, url, timeout=30, allow_redirects=False, **options)
        if time.monotonic() - began > 6:
            self.find("medium", "an answer took more than 6 seconds", address)
        if answer.status_code >= 500:
            self.find("medium", f"{method} fails with {answer.status_code}", address)
        return answer

    def crawl(self, start="/"):
        waiting, known = [start], set()
        while waiting and time.monotonic() < self.until:
            address = waiting.pop(0)
            if kind(address) in known or self.LEAVE.search(address):
                continue
            known.add(kind(address))
            answer = self.ask("GET", address)
            self.headers(answer, address)
            if answer.is_redirect:
                waiting.append(urllib.parse.urljoin(address, answer.headers["Location"]))
            if "text/html" not in answer.headers.get("Content-Type", ""):
                continue
            page = Page(answer.text)
            self.pages[address] = page
            if "/files/" not in address:
                for danger in page.dangers:
                    self.find("medium", danger, address)
            for form in page.forms:
                form["action"] = urllib.parse.urljoin(address, form["action"])
                self.forms.setdefault((kind(form["action"]), form["method"]), (address, form))
            for link in page.links:
                link = urllib.parse.urljoin(self.person.at + address, link).split("#")[0]
                if link.startswith(self.person.at + "/"):
                    waiting.append(link[len(self.person.at):])

    def headers(self, answer, where):
        for name, pattern in HEADERS.items():
            if not re.fullmatch(pattern, answer.headers.get(name, "")):
                self.find("medium", f"{name} is missing or weak", where)
        policy = answer.headers.get("Content-Security-Policy", "")
        scripts = re.search(r"script-src ([^;]*)", policy)
        if (scripts and re.search(r"unsafe|\*|data:", scripts[1])) or "default-src 'none'" not in policy:
            self.find("high", "the content security policy lets scripts in", where)
        if "text/html" in answer.headers.get("Content-Type", "") and "no-store" not in answer.headers.get("Cache-Control", ""):
            if answer.status_code == 200:
                self.find("medium", "a page may be kept by caches", where)

    def inspect(self, answer, sent, label, where):
        """Looks for signs that a payload worked."""
        if answer.headers.get("X-Injected"):
            self.find("high", "header injection", where)
        location = answer.headers.get("Location", "")
        target = urllib.parse.urljoin(self.person.at + "/", location.replace("\\", "/"))
        if location and urllib.parse.urlsplit(target).netloc != urllib.parse.urlsplit(self.person.at).netloc:
            self.find("high", f"redirects elsewhere ({label})", where)
        text = answer.text if len(answer.content) < 4_000_000 else ""
        if "root:x:0:0" in text:
            self.find("high", f"reads files ({label})", where)
        if DATABASE_WORDS.search(text):
            self.find("high", f"shows an error of the database ({label})", where)
        if str(7919 * 7907) in text:
            self.find("high", f"computes what was sent ({label})", where)
        if "text/html" in answer.headers.get("Content-Type", ""):
            for danger in Page(text).dangers:
                self.find("high", f"{danger} ({label})", where)
            if MARK in sent and "<" in sent and sent in text:
                self.find("high", f"what was sent comes back unescaped ({label})", where)

    def attack(self):
        for address in list(self.pages):
            path, _, query = address.partition("?")
            fields = urllib.parse.parse_qsl(query, keep_blank_values=True)
            for position, (name, _) in enumerate(fields or [("q", ""), ("next", "")][:0]):
                for label, payload in self.payloads():
                    changed = [*fields[:position], (name, payload), *fields[position + 1:]]
                    answer = self.ask("GET", f"{path}?{urllib.parse.urlencode(changed)}")
                    self.inspect(answer, payload, label, address)
            for label, payload in self.payloads():
                if label in ("path", "encoded path", "script", "SQL quote", "control characters"):
                    changed = re.sub(r"/[^/]*$", "/" + urllib.parse.quote(payload, safe=""), path)
                    self.inspect(self.ask("GET", changed), payload, label, changed)
        for (_, method), (address, form) in list(self.forms.items()):
            if self.LEAVE.search(form["action"]):
                continue
            self.attack_form(method, address, form)

    def payloads(self):
        for label, payload in PAYLOADS.items():
            if time.monotonic() > self.until:
                return
            yield label, payload.format(mark=MARK) if "{mark}" in payload else payload

    def attack_form(self, method, address, form):
        if method == "post":
            self.forge(address, form)
        for position, (name, _) in enumerate(form["fields"]):
            if name == "csrf":
                continue
            for label, payload in self.payloads():
                fields = [tuple(field) for field in form["fields"]]
                fields[position] = (name, payload)
                if method == "post":
                    answer = self.ask("POST", form["action"], data=fields)
                else:
                    path = form["action"].partition("?")[0]
                    if len(payload) > 5000:
                        continue
                    answer = self.ask("GET", f"{path}?{urllib.parse.urlencode(fields)}")
                self.inspect(answer, payload, label, form["action"])
                if answer.is_redirect and answer.headers["Location"].startswith("/") and method == "post":
                    if not self.LEAVE.search(answer.headers["Location"]):
                        self.inspect(self.ask("GET", answer.headers["Location"]), payload, label, form["action"])

    def forge(self, address, form):
        """The form sent by another site: without its token, with a wrong one, or by another method."""
        honest = [tuple(field) for field in form["fields"]]
        without = [field for field in honest if field[0] != "csrf"]
        wrong = [*without, ("csrf", "x" * 43)]
        for fields, how in ((without, "without its token"), (wrong, "with a wrong token")):
            answer = self.ask("POST", form["action"], data=fields)
            if answer.status_code not in (400, 403, 404):
                self.find("high", f"a form {how} is taken ({answer.status_code})", form["action"])
        for header in ("X-HTTP-Method-Override", "X-Method-Override"):
            answer = self.ask("GET", form["action"], headers={header: "POST"}, params=without)
            if answer.status_code in (200, 303) and "Allow" not in answer.headers and address != form["action"]:
                if answer.status_code == 303 and not answer.headers.get("Location", "").startswith("/sign-in"):
                    self.find("high", "the method can be overridden", form["action"])


def cookies(installation, findings):
    """The flags of cookies, on plain HTTP and behind TLS, and HSTS."""
    def look(address, headers, secure):
        answer = requests.get(address + "/sign-in", headers=headers, timeout=20)
        for cookie in answer.raw.headers.getlist("Set-Cookie"):
            flags = {part.strip().split("=")[0].lower() for part in cookie.split(";")[1:]}
            missing = {"httponly", "samesite", *(["secure"] if secure else [])} - flags
            if missing or (secure and not cookie.startswith("__Host-")):
                findings.append(("medium", f"a cookie lacks {', '.join(missing) or 'its prefix'}", "/sign-in"))
        if secure and "max-age=" not in answer.headers.get("Strict-Transport-Security", ""):
            findings.append(("medium", "no Strict-Transport-Security behind TLS", "/sign-in"))
        if not answer.raw.headers.getlist("Set-Cookie"):
            findings.append(("medium", "the sign-in form is bound to no cookie", "/sign-in"))
    secure = installation.address.startswith("https") or installation.is_behind_tls
    look(installation.address, {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"} if secure else {}, secure)


def raw(installation, sent, seconds):
    """Sends bytes. Returns what came, and after how many seconds the server closed (nil: it did not)."""
    port = int(installation.address.rsplit(":", 1)[1])
    began, came = time.monotonic(), b""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        try:
            for part in sent:
                connection.sendall(part)
            while time.monotonic() - began < seconds:
                connection.settimeout(max(0.1, seconds - (time.monotonic() - began)))
                more = connection.recv(65536)
                if not more:
                    return came, time.monotonic() - began
                came += more
        except (BrokenPipeError, ConnectionResetError):
            return came, time.monotonic() - began
        except TimeoutError:
            pass
    return came, None


def limits(installation, findings):
    """Huge, slow, ambiguous and malformed requests. The site answers others meanwhile."""
    def refused(what, sent, seconds=10, statuses=(400, 404, 405, 411, 413, 414, 415, 431, 501, 505)):
        came, closed = raw(installation, sent, seconds)
        found = re.match(rb"HTTP/1\.1 (\d+)", came)
        status = int(found[1]) if found else None
        if status is None and closed is None:
            findings.append(("medium", f"{what}: neither answered nor closed", "/"))
        if status is not None and status not in statuses:
            findings.append(("medium", f"{what}: answered {status}", "/"))
        if len(re.findall(rb"HTTP/1\.1 \d+", came)) > 1:
            findings.append(("high", f"{what}: taken for two requests", "/"))

    host = b"Host: 127.0.0.1\r\n"
    refused("a body of 10 GB announced", [b"POST /sign-in HTTP/1.1\r\n" + host + b"Content-Length: 10000000000\r\n\r\n"])
    chunk = b"100000\r\n" + b"a" * 0x100000 + b"\r\n"
    refused(
        "an endless body", [b"POST /sign-in HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 200], 30)
    refused("an endless line", [b"GET /" + b"a" * 2_000_000 + b" HTTP/1.1\r\n" + host + b"\r\n"])
    refused("endless headers", [b"GET / HTTP/1.1\r\n" + host + b"X: y\r\n" * 200_000 + b"\r\n"])
    refused(
        "two lengths of a body",
        [b"POST /sign-in HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nContent-Length: 50\r\n\r\nabcdeGET / HTTP/1.1\r\n\r\n"])
    refused(
        "a length and chunks",
        [b"POST /sign-in HTTP/1.1\r\n" + host
         + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"])
    refused("no host", [b"GET / HTTP/1.1\r\n\r\n"])
    refused("two hosts", [b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"])
    refused("a line broken in two", [b"GET / HTTP/1.1\r\n" + host + b"X: a\r\n b\r\n\r\n"])
    refused("a method nobody knows", [b"SMUGGLE / HTTP/1.1\r\n" + host + b"\r\n"])
    slow(installation, findings)


def slow(installation, findings):
    """Forty connections that never finish their head: others are served, and the slow ones are closed."""
    port = int(installation.address.rsplit(":", 1)[1])
    held = []
    for _ in range(40):
        connection = socket.create_connection(("127.0.0.1", port), timeout=5)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        held.append(connection)
    began = time.monotonic()
    try:
        if requests.get(installation.address + "/health", timeout=5).status_code != 200:
            findings.append(("high", "slow requests keep others out", "/health"))
    except requests.RequestException:
        findings.append(("high", "slow requests keep others out", "/health"))
    open_yet = held
    while open_yet and time.monotonic() - began < 45:
        time.sleep(1)
        still = []
        for connection in open_yet:
            try:
                connection.sendall(b"a")
                connection.setblocking(False)
                try:
                    if connection.recv(4096):
                        still.append(connection)
                except BlockingIOError:
                    still.append(connection)
                connection.setblocking(True)
            except OSError:
                pass
        open_yet = still
    if open_yet:
        findings.append(("medium", f"{len(open_yet)} of 40 slow requests are open after 45 seconds", "/"))
    for connection in held:
        connection.close()


def outside(installation, findings):
    """What somebody without a sign-in can reach."""
    for path in ("/assessment", "/trust/audit", "/trust/accounts", "/search?q=a", "/account"):
        answer = requests.get(installation.address + path, timeout=20, allow_redirects=False)
        if answer.status_code != 303 or not answer.headers["Location"].startswith("/sign-in"):
            findings.append(("high", f"open without signing in ({answer.status_code})", path))
    for path in ("/assets/../concord.json", "/assets/x/..%2f..%2fPackage.swift", "/.git/config", "/var/concord.db"):
        port = int(installation.address.rsplit(":", 1)[1])
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
        came, _ = raw(installation, [request], 10)
        if not re.match(rb"HTTP/1\.1 (400|404|303|308)", came):
            findings.append(("high", "a file outside the site is served", path))
    for target in ("https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example"):
        page = requests.get(
            installation.address + "/sign-in", params={"next": target}, timeout=20, allow_redirects=False)
        if re.search(r'(href|value|action)="[^"]*evil\.example', html.unescape(page.text)):
            findings.append(("medium", "sign-in would lead elsewhere", f"/sign-in?next={target!r}"))
    answer = requests.get(
        installation.address + "/assessment", headers={"Host": "evil.example"}, timeout=20, allow_redirects=False)
    if "evil.example" in answer.headers.get("Location", "") + answer.text:
        findings.append(("medium", "the host of the request is believed", "/assessment"))
