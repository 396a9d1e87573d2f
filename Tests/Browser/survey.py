"""A role's way through the site without a browser: every page that it reaches, and what that is served as."""

import hashlib
import html.parser
import re
import urllib.parse

# What names one record or one file; addresses that differ in it only show the same kind of page.
STATE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}")
FILES = re.compile(r"/files/(?!assessment\.html$)|/definitions/[0-9a-f]{64}/file|\.(csv|json|geojson)(\?|$)|format=csv|/layers/|^/api/|^/assets/|^/metrics|^/health")
SEEDS = {"signed out": ["/sign-in", "/accessibility", "/privacy", "/licences", "/nothing", "/set-up/unknown"]}
# Forms with these words in their addresses do something when they are sent as they are.
SENT_AS_THEY_ARE = re.compile("/sign-out|/end|/publish|/discard")
REFUSED = ("/nothing", "/set-up/unknown")
# Of every kind of page so many addresses, for records differ; of the sections of the assessment that is looked at first
# all, and of the forms of case types, which differ in their questions, some more. What is printed is the longest page.
PER_KIND = 2
OF_FORMS = 6
PRINTED = 1
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What axe and the width of a page depend on besides the elements themselves and their text.
TELLING = ("class", "type", "role", "hidden", "disabled", "open", "aria-hidden", "aria-expanded", "aria-current", "scope")
NAMING = ("alt", "aria-label", "title", "placeholder", "lang")


def pattern(address):
    """Addresses of one pattern show the same kind of page."""
    parts = urllib.parse.urlsplit(address)
    path = STATE.sub("{id}", parts.path)
    for name in ("figures", "tables", "sections", "cases/new", "fill", "step", "risk"):
        path = re.sub(rf"/{name}/[^/]+", rf"/{name}/{{}}", path)
    keys = sorted({key for key, value in urllib.parse.parse_qsl(parts.query) if value})
    return path + ("?" + "&".join(keys) if keys else "")


class Shape(html.parser.HTMLParser):
    """The paths of a page's elements, each once, and which of them hold text: rows more or less, and other words in them,
    leave it the same, and leave the same what axe finds."""

    def __init__(self, text):
        super().__init__()
        self.above, self.paths = [], set()
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        told = [f"{name}={' '.join(sorted((attributes[name] or '').split()))}" for name in TELLING if name in attributes]
        named = [f"{name}{'' if attributes[name] else ' empty'}" for name in NAMING if name in attributes]
        path = " ".join([tag, *told, *named])
        self.paths.add("/".join([*self.above, path]))
        if tag not in VOID:
            self.above.append(path)

    def handle_endtag(self, tag):
        while self.above and tag not in VOID and self.above.pop().split(" ")[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip():
            self.paths.add("/".join([*self.above, "text"]))


def fingerprint(text, kind):
    """The same for pages of one kind that have one shape."""
    return hashlib.sha256("\n".join([kind, *sorted(Shape(text).paths)]).encode()).hexdigest()


class Reading(html.parser.HTMLParser):
    """The links of a page, and its forms with something to fill in as they are sent when nothing is."""

    def __init__(self, text):
        super().__init__()
        self.links, self.found, self.select = [], [], None
        self.feed(text)
        self.forms = {action: fields for action, fields, is_filled_in in reversed(self.found) if is_filled_in}

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        name, fields = attributes.get("name"), self.found[-1][1] if self.found else {}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"])
        elif tag == "form":
            # One that does not change anything takes no part, but what stands in it must not go to the one before.
            self.found.append([attributes.get("action", ""), {}, False])
            # A form that sends a file is sent empty by the tests of its own pages.
            self.changes = attributes.get("method", "").lower() == "post" and "multipart" not in attributes.get("enctype", "")
        elif tag == "input" and attributes.get("type") == "hidden" and name:
            fields[name] = attributes.get("value") or ""
        elif tag in ("input", "textarea", "select") and self.found:
            self.found[-1][2] = self.found[-1][2] or self.changes
            if name and attributes.get("type") not in ("checkbox", "radio", "submit", "button"):
                fields[name] = ""
            self.select = name if tag == "select" else None
        elif tag == "option" and self.select and ("selected" in attributes or not fields.get(self.select)):
            fields[self.select] = attributes.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None


class Page:
    """A page as one role is served it; of what a form answers when nothing is filled in, also the form's address."""

    def __init__(self, survey, address, kind, answer, action=None):
        self.role, self.caller, self.address, self.kind, self.action = survey.role, survey.caller, address, kind, action
        self.size, self.served = len(answer.body), fingerprint(answer.text, kind)


class Survey:
    def __init__(self, role, caller, first=()):
        self.role, self.caller = role, caller
        self.patterns, self.pages, self.faults, self.files = {}, [], [], 0
        self.waiting = SEEDS.get(role, [*first, "/", "/nothing", "/confirm"])[:]
        while self.waiting:
            address = self.waiting.pop(0)
            kind = pattern(address)
            known = self.patterns.setdefault(kind, [])
            is_first = any(address.startswith(f"{place}/sections/") for place in first)
            if address not in known and (len(known) < Survey.most(kind) or is_first):
                known.append(address)
                self.take(address) if FILES.search(address) else self.visit(address, kind)

    @staticmethod
    def most(kind):
        if kind.endswith("/files/assessment.html"):
            return PRINTED
        return OF_FORMS if kind.endswith("/fill/{}") else PER_KIND

    def visit(self, address, kind):
        answer = self.caller.ask(address)
        if answer.status >= 400 and kind not in REFUSED:
            self.faults.append(f"{address}: a link leads to {answer.status}")
        if not (answer.headers.get("Content-Type") or "").startswith("text/html"):
            self.files += 1
            return
        self.pages.append(Page(self, address, kind, answer))
        reading = Reading(answer.text)
        for link in reading.links:
            whole = urllib.parse.urlsplit(urllib.parse.urljoin(answer.url, link))
            if f"{whole.scheme}://{whole.netloc}" == self.caller.site.address:
                self.waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))
        for action, fields in reading.forms.items():
            self.send_empty(address, action, fields)

    def send_empty(self, address, action, fields):
        kind = f"errors of {pattern(action)}"
        if kind not in self.patterns and not SENT_AS_THEY_ARE.search(action):
            self.patterns[kind] = [address]
            self.pages.append(Page(self, address, kind, self.caller.ask(action, fields), action))

    def take(self, address):
        answer = self.caller.ask(address)
        self.files += 1
        if answer.status != 200 or not answer.body:
            self.faults.append(f"{address}: {answer.status}, {len(answer.body)} bytes")
