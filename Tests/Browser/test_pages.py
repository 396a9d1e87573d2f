"""Every page, in every role, at three widths."""

import concurrent.futures
import sys
import time

import pytest

from caller import Caller
from chromium import WIDTHS, Chromium
from installation import PEOPLE
from survey import Survey, fingerprint

ROLES = [*PEOPLE, "signed out"]
HAS_FORM = "return [...document.querySelectorAll('form')].some(form => form.getAttribute('action') === arguments[0])"
SEND_EMPTY = """
const form = [...document.querySelectorAll('form[method=post]')].find(f => f.getAttribute('action') === arguments[0]);
form.querySelectorAll('input:not([type=hidden]), textarea').forEach(field => {
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false; else field.value = '';
});
HTMLFormElement.prototype.submit.call(form);
"""
# Only whoever signed in a moment ago is shown these.
FRESH = ("/account/second-factor",)
# The errors of a summary that lead to nothing in the page.
LEADING_NOWHERE = """
return [...document.querySelectorAll('.govuk-error-summary a')]
    .filter(link => !document.getElementById(decodeURIComponent(link.hash.slice(1)))).map(link => link.textContent);
"""


class Looks:
    """What two windows find on all pages. Of pages of one kind and one shape the longest is looked at, for all of them."""

    def __init__(self, surveys):
        self.pages = [page for survey in surveys.values() for page in survey.pages]
        self.faults, self.count = {role: list(survey.faults) for role, survey in surveys.items()}, 0
        alike = {}
        for page in self.pages:
            alike.setdefault((page.served, page.action), []).append(page)
        for pages in alike.values():
            pages.sort(key=lambda page: -page.size)
        # The longest first, so that neither window is left with one at the end.
        self.waiting = sorted(alike.values(), key=lambda pages: -pages[0].size)

    def work(self, site):
        window = Chromium(site)
        try:
            while self.waiting:
                self.look(site, window, self.waiting.pop(0))
        finally:
            window.quit()

    def look(self, site, window, pages):
        began, page = time.monotonic(), pages[0]
        window.belong_to(page.caller)
        window.open(page.address)
        if page.address in FRESH or page.address != window.path == "/confirm":
            # Looking at everything takes longer than a sign-in is fresh.
            window.belong_to(Caller(site, page.role))
            window.open(page.address)
        found = self.errors(window, page) if page.action else []
        found += window.complaints()
        if fingerprint(window.served, page.kind) != page.served:
            # It has changed since, as a page that lists who did what does. What is seen holds for nobody else.
            self.waiting += [[other] for other in pages[1:]]
            pages = pages[:1]
        window.draw_map()
        found += window.look_at_page() + window.complaints()
        self.count += 1
        for one in pages:
            self.faults[one.role] += [f"{one.kind} ({one.address}): {line}" for line in found]
        if time.monotonic() - began > 30:
            print(f"{page.role}: {page.address} took {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    def errors(self, window, page):
        if not window.js(HAS_FORM, page.action):
            return [f"the form {page.action} is there no longer"]
        before = window.one("html")
        window.js(SEND_EMPTY, page.action)
        window.gone(before)
        if not window.all(".govuk-error-summary"):
            return []
        found = [f"{text} leads nowhere" for text in window.js(LEADING_NOWHERE)]
        if not window.driver.title.startswith("Error: "):
            found.append("the title does not begin with Error")
        if not window.js("return document.activeElement.matches('.govuk-error-summary')"):
            found.append("the summary of errors has no focus")
        return found


@pytest.fixture(scope="session")
def surveys(site, callers, published, draft):
    """Which pages every role reaches by links, the assessment first that the tests below are about."""
    return {role: Survey(role, callers.get(role) or Caller(site), [published]) for role in ROLES}


@pytest.fixture(scope="session")
def looks(site, surveys, request):
    began, looks = time.monotonic(), Looks(surveys)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(looks.work, site) for _ in range(2)]:
            worker.result()
    request.config.notes.append(
        f"axe-core and the width: {len(looks.pages)} pages in {len(ROLES)} roles at {len(WIDTHS)} widths, which is "
        f"{len(looks.pages) * len(WIDTHS)} views, {looks.count * len(WIDTHS)} of them different, in "
        f"{time.monotonic() - began:.0f} s")
    return looks


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_role_can_reach_has_no_fault_at_three_widths(looks, role):
    assert not looks.faults[role], "\n".join(looks.faults[role])


def test_every_role_reads_every_section_of_the_assessment(surveys, published):
    everything = {page.address for page in surveys["analyst"].pages if page.address.startswith(f"{published}/sections/")}
    assert len(everything) >= 7
    for role in PEOPLE:
        assert everything <= {page.address for page in surveys[role].pages}, role


def test_the_printed_assessment_is_among_the_pages(surveys, published):
    assert f"{published}/files/assessment.html" in [page.address for page in surveys["member"].pages]


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
def test_a_role_finds_its_pages_by_links(surveys, role):
    missing = [kind for kind in REACHED[role] if kind not in surveys[role].patterns]
    assert not missing, f"{missing} not among {sorted(surveys[role].patterns)}"


def test_only_those_entitled_find_links_to_records_and_accounts(surveys):
    for role, survey in surveys.items():
        assert ("/assessment/{id}/figures/{}/rows" in survey.patterns) == (role == "analyst"), role
        assert ("/trust/accounts" in survey.patterns) == (role == "admin"), role
