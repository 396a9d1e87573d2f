"""Every page, in every role, at three widths."""

import concurrent.futures
import hashlib
import re
import sys
import threading
import time
import urllib.parse

import pytest

from chromium import Chromium
from installation import PEOPLE

# The police's front desk sees the kinds of pages that the council's intake sees.
ROLES = [*(name for name in PEOPLE if name != "desk"), "signed out"]
# What names one record or one file; addresses that differ in it only show the same kind of page.
STATE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}")
FILES = re.compile(r"/files/|/definitions/[0-9a-f]{64}/file|\.(csv|json|geojson)(\?|$)|format=csv|/layers/|^/api/|^/assets/|^/metrics|^/health")
SEEDS = {"signed out": ["/sign-in", "/accessibility", "/privacy", "/licences", "/nothing", "/set-up/unknown"]}
# Forms with these words in their addresses do something when they are sent as they are.
SENT_AS_THEY_ARE = re.compile("/sign-out|/end|/publish|/discard")
LINKS = """
return [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'));
"""
# Every form with something to fill in, by its address.
FORMS = """
return [...document.querySelectorAll('form[method=post]')]
    .filter(form => form.querySelector('input:not([type=hidden]), textarea, select'))
    .map(form => form.getAttribute('action'));
"""
SEND_EMPTY = """
const form = [...document.querySelectorAll('form[method=post]')].find(f => f.getAttribute('action') === arguments[0]);
form.querySelectorAll('input:not([type=hidden]), textarea').forEach(field => {
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false; else field.value = '';
});
HTMLFormElement.prototype.submit.call(form);
"""
# The words of the page and where its forms lead, without what differs from person to person or while a map is drawn.
LIKENESS = """
const page = document.body.cloneNode(true);
page.querySelectorAll('.concord-tools__person, .concord-map__drawing, script').forEach(part => part.remove());
return [document.title, page.textContent.replace(/\\s+/g, ' '),
    ...[...page.querySelectorAll('form')].map(form => form.getAttribute('action'))].join('|');
"""


def pattern(address):
    """Addresses of one pattern show the same kind of page."""
    parts = urllib.parse.urlsplit(address)
    path = STATE.sub("{id}", parts.path)
    for name in ("figures", "tables", "sections"):
        path = re.sub(rf"/{name}/[^/]+", rf"/{name}/{{}}", path)
    keys = sorted({key for key, value in urllib.parse.parse_qsl(parts.query) if value})
    return path + ("?" + "&".join(keys) if keys else "")


class Crawl:
    """One role's way through the site."""

    looked_at = set()
    turn = threading.Lock()

    def __init__(self, window, role, caller, reads_all):
        self.window, self.role, self.caller, self.reads_all = window, role, caller, reads_all
        self.patterns, self.faults, self.pages, self.files = {}, [], 0, 0

    def run(self):
        self.window.driver.get("about:blank")
        self.window.belong_to(self.caller)
        self.window.complaints()
        self.waiting = SEEDS.get(self.role, ["/", "/nothing", "/confirm"])
        while self.waiting:
            address = self.waiting.pop(0)
            kind = pattern(address)
            is_section = kind.endswith("/sections/{}")
            # Sections are the same for everyone, and some are long: one reads all, the others a short one.
            if is_section and not self.reads_all and not urllib.parse.urlsplit(address).path.endswith("/B2"):
                continue
            limit = 7 if self.reads_all and is_section else 1
            if len(self.patterns.setdefault(kind, [])) < limit and address not in self.patterns[kind]:
                self.patterns[kind].append(address)
                self.visit(address, kind)
        return self

    def visit(self, address, kind):
        if FILES.search(address):
            return self.take(address)
        began = time.monotonic()
        self.show(address, kind)
        if time.monotonic() - began > 15:
            print(f"{self.role}: {address} took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    def show(self, address, kind):
        self.window.width(1280)
        self.window.open(address)
        self.pages += 1
        links, forms = self.window.js(LINKS), self.window.js(FORMS)
        self.look(kind)
        for link in links:
            whole = urllib.parse.urlsplit(urllib.parse.urljoin(self.window.driver.current_url, link))
            if f"{whole.scheme}://{whole.netloc}" == self.window.site.address:
                self.waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))
        for action in forms:
            self.send_empty(address, action)

    def look(self, kind):
        likeness = hashlib.sha256(self.window.js(LIKENESS).encode()).digest()
        with Crawl.turn:
            is_new = likeness not in Crawl.looked_at
            Crawl.looked_at.add(likeness)
        found = self.window.complaints() + (self.window.look_at_page() if is_new else [])
        status = self.window.status.get(self.window.driver.current_url, 0)
        if status >= 400 and kind not in ("/nothing", "/set-up/unknown") and "errors of" not in kind:
            found.append(f"a link leads to {status}")
        self.faults += [f"{kind}: {line}" for line in found]

    def send_empty(self, address, action):
        kind = f"errors of {pattern(action)}"
        if kind in self.patterns or SENT_AS_THEY_ARE.search(action):
            return
        self.patterns[kind] = [address]
        self.window.width(1280)
        self.window.open(address)
        if action not in self.window.js(FORMS):
            return
        before = self.window.one("html")
        self.window.js(SEND_EMPTY, action)
        self.window.gone(before)
        self.pages += 1
        self.look(kind)
        if self.window.all(".govuk-error-summary"):
            if not self.window.driver.title.startswith("Error: "):
                self.faults.append(f"{kind}: the title does not begin with Error")
            if not self.window.js("return document.activeElement.matches('.govuk-error-summary')"):
                self.faults.append(f"{kind}: the summary of errors has no focus")
            for link in self.window.all(".govuk-error-summary a"):
                if not self.window.js("return document.getElementById(decodeURIComponent(arguments[0].hash.slice(1)))",
                                      link):
                    self.faults.append(f"{kind}: {link.text} leads nowhere")

    def take(self, address):
        answer = self.caller.ask(address) if self.caller else None
        self.files += 1
        if answer and (answer.status != 200 or not answer.body):
            self.faults.append(f"{address}: {answer.status}, {len(answer.body)} bytes")


@pytest.fixture(scope="session")
def crawls(site, callers, published, draft):
    """All roles' crawls, in two windows at a time."""
    waiting, done = [*ROLES], {}

    def work():
        window = Chromium(site)
        try:
            while waiting:
                role = waiting.pop(0)
                began = time.monotonic()
                crawl = Crawl(window, role, callers.get(role), reads_all=role == "analyst").run()
                done[role] = crawl
                print(f"{role}: {crawl.pages} pages of {len(crawl.patterns)} kinds, {crawl.files} files, "
                      f"{time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        finally:
            window.quit()

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(work) for _ in range(2)]:
            worker.result()
    return done


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_can_reach_has_no_fault(crawls, role):
    assert not crawls[role].faults, "\n".join(crawls[role].faults)


def test_the_printed_assessment_fits_and_has_no_fault(site, callers, published):
    """It is one page of everything, so no crawl comes to it."""
    window = Chromium(site)
    try:
        window.belong_to(callers["member"])
        window.open(f"{published}/files/assessment.html")
        assert "Strategic assessment" in window.heading
        assert not window.complaints() + window.look_at_page()
    finally:
        window.quit()


REACHED = {
    "signed out": ["/sign-in", "/accessibility", "/privacy", "errors of /sign-in"],
    "member": ["/", "/assessment", "/assessment/{id}", "/assessment/{id}/sections/{}", "/assessment/{id}/figures/{}",
               "/trust", "/account", "/reports", "/cases", "/panels", "/problems", "/plan", "/community"],
    "analyst": ["/assessment/new", "errors of /assessment/new", "/assessment/compare?new",
                "/assessment/{id}/figures/{}/rows", "/assessment/{id}/tables/{}"],
    "lead": ["/assessment/{id}/publish"],
    "intake": ["/people", "/people/{id}", "/people/{id}/access", "/people/notices"],
    "admin": ["/trust/accounts", "/trust/accounts/new", "errors of /trust/accounts/new", "/trust/accounts/{id}"],
    "auditor": ["/trust/audit", "/trust/rules"],
}


@pytest.mark.parametrize("role", REACHED)
def test_a_role_finds_its_pages_by_links(crawls, role):
    missing = [kind for kind in REACHED[role] if kind not in crawls[role].patterns]
    assert not missing, f"{missing} not among {sorted(crawls[role].patterns)}"


def test_only_those_entitled_find_links_to_records_and_accounts(crawls):
    for role, crawl in crawls.items():
        assert ("/assessment/{id}/figures/{}/rows" in crawl.patterns) == (role == "analyst"), role
        assert ("/trust/accounts" in crawl.patterns) == (role == "admin"), role
