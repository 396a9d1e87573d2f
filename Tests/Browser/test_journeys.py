"""What people do, from beginning to end: with the mouse, and again without scripts."""

import json
import re
import subprocess

import pytest

from caller import Caller
from chromium import WIDTHS, Chromium
from installation import PASSWORD, email


def sign_in(window, name, code=True):
    window.open("/sign-in")
    window.type("email", email(name))
    window.type("password", PASSWORD)
    window.press("Sign in")
    if code:
        window.at("/sign-in/second-factor")
        window.type("code", window.site.code(name))
        window.press_element(window.one("main form[method=post] button:not([type=button])"))
    assert window.path == "/" and window.heading == "My work today", f"{window.path}: {window.heading}"


def menu(window):
    return [link.get_attribute("textContent").strip() for link in window.all(".govuk-service-navigation__list a")]


@pytest.fixture
def plain(site):
    """A Chromium in which no script runs."""
    window = Chromium(site, has_scripts=False)
    yield window
    window.quit()


def test_a_wrong_password_leads_to_a_summary_that_has_the_focus(nobody):
    nobody.open("/sign-in")
    nobody.type("email", email("member"))
    nobody.type("password", "not the password")
    nobody.press("Sign in")
    assert nobody.driver.title.startswith("Error: ")
    assert nobody.js("return document.activeElement.matches('.govuk-error-summary')")
    nobody.one(".govuk-error-summary a").click()
    assert nobody.js("return document.activeElement.id") == "email"
    assert not nobody.look_at_page()


def test_password_and_code_let_in_and_signing_out_lets_nobody_in(nobody):
    nobody.open("/account")
    assert nobody.path == "/sign-in"
    nobody.type("email", email("chair"))
    nobody.type("password", PASSWORD)
    nobody.press("Sign in")
    nobody.at("/sign-in/second-factor")
    assert not nobody.look_at_page()
    nobody.open("/account")
    assert nobody.path == "/sign-in/second-factor", "the password alone must not let in"
    nobody.type("code", nobody.site.code("chair"))
    nobody.press_element(nobody.one("main form[method=post] button:not([type=button])"))
    nobody.open("/account")
    assert nobody.path == "/account"
    nobody.press("Sign out")
    nobody.at("/sign-in")
    nobody.open("/account")
    assert nobody.path == "/sign-in"


def test_the_demo_code_command_shows_what_an_authenticator_app_would(site):
    code = site.run("demo", "code", email("police")).strip()
    assert re.fullmatch("[0-9]{6}", code)
    refused = subprocess.run([site.program, "demo", "code", email("member")], cwd=site.folder, env=site.environment,
                             capture_output=True, text=True)
    assert refused.returncode != 0 and "second factor" in refused.stderr


def test_a_session_that_was_ended_elsewhere_is_out_at_once(nobody, site):
    here, there = Caller(site, "member"), Caller(site, "member")
    nobody.belong_to(here)
    nobody.open("/account")
    assert nobody.path == "/account"
    there.send("/account", "/account/sessions/end-others")
    nobody.open("/account")
    assert nobody.path == "/sign-in"


def test_only_some_roles_are_offered_to_make_an_assessment(as_person):
    for name, is_offered in (("analyst", True), ("lead", True), ("member", False), ("auditor", False)):
        window = as_person(name)
        window.open("/assessment")
        offers = [e.text for e in window.all("main a.govuk-button")]
        assert ("Make an assessment" in offers) == is_offered, name


def test_an_assessment_is_made_with_progress_read_and_published_by_another(as_person):
    window = as_person("analyst")
    window.open("/assessment")
    window.press("Make an assessment")
    window.type("title", "Second half of 2025")
    window.type("from-month", "7")
    window.type("from-year", "2025")
    window.type("to-month", "12")
    window.type("to-year", "2025")
    window.press("Make the assessment")
    assert window.path.startswith("/assessment/jobs/")
    assert window.all("progress")
    window.until("/^\\/assessment\\/[0-9a-f-]{36}$/.test(location.pathname)", "the draft is open by itself", 300)
    version = window.path
    assert window.heading == "Second half of 2025" and "Draft" in window.main
    window.open(f"{version}/publish")
    assert window.heading != "Publish this assessment", "nobody publishes their own work"
    window = as_person("lead")
    window.open("/")
    window.follow("Second half of 2025")
    window.press("Publish this assessment")
    window.press("Publish")
    assert window.path == version and "Published" in window.main
    for name in ("analyst", "lead"):
        window = as_person(name)
        window.open(version)
        assert not window.all(f"form[action='{version}/rename'], form[action='{version}/discard']")
        window.open(f"{version}/publish")
        assert window.heading != "Publish this assessment"
    window = as_person("auditor")
    window.open("/trust/audit")
    assert "Asha Nair" in window.main and "Leon Barrow" in window.main


def test_a_figure_leads_to_its_definition_and_for_analysts_to_its_rows(as_person, published):
    for name in ("analyst", "member"):
        window = as_person(name)
        window.open(f"{published}/figures/B1.level~Total~count")
        assert window.heading
        links = [link for link in window.all("main a") if link.text == "Show the records that make it up"]
        assert bool(links) == (name == "analyst")
        window.open(f"{published}/figures/B1.level~Total~count/rows")
        assert (window.heading == "Records of this figure") == (name == "analyst")
        assert bool(window.all("main table tbody tr")) == (name == "analyst")
    window.complaints()


def test_choosing_an_area_narrows_the_tables(as_person, published):
    window = as_person("member")
    window.open(f"{published}/sections/B3")
    before = len(window.all("main table tbody tr"))
    area = window.all("select[id=area] option")[1].text
    window.choose("area", area)
    window.press("Show")
    assert "area=" in window.driver.current_url
    assert 0 < len(window.all("main table tbody tr")) < before
    window.follow("Show everything")
    assert len(window.all("main table tbody tr")) == before


def test_two_versions_are_compared(as_person, published, draft):
    window = as_person("analyst")
    window.open("/assessment/compare")
    for id, version in (("old", published), ("new", draft)):
        window.js("document.getElementById(arguments[0]).value = arguments[1]", id, version.rsplit("/", 1)[1])
    window.press("Compare")
    assert "Strategic assessment 2024" in window.main and "Strategic assessment 2025" in window.main
    assert window.all("main table tbody tr")


def test_the_files_of_an_assessment_hold_what_the_page_shows(callers, as_person, published):
    window = as_person("member")
    window.open(f"{published}/tables/B1.level")
    shown = window.one("main table").text
    csv = callers["member"].ask(f"{published}/tables/B1.level.csv")
    assert csv.headers["Content-Type"].startswith("text/csv") and "attachment" in csv.headers["Content-Disposition"]
    total = next(line for line in csv.text.splitlines() if line.startswith("Total"))
    count = next(field for field in total.split(",") if field.isdigit())
    assert f"{int(count):,}" in shown
    whole = callers["member"].ask(f"{published}/files/assessment.json")
    assert json.loads(whole.body)
    printed = callers["member"].ask(f"{published}/files/assessment.html")
    assert printed.status == 200 and f"{int(count):,}" in printed.text and "<script" not in printed.text


def test_the_journey_works_without_scripts(plain, published):
    sign_in(plain, "officer")
    plain.open("/assessment")
    plain.follow("Strategic assessment 2024")
    assert plain.path == published
    plain.open(f"{published}/sections/B1")
    plain.choose("area", plain.all("select[id=area] option")[1].text)
    plain.press("Show")
    assert "area=" in plain.driver.current_url
    plain.open("/account")
    plain.press("Sign out")
    assert plain.path == "/sign-in"


def test_in_print_the_navigation_is_gone_and_in_the_dark_contrast_holds(as_person, published):
    window = as_person("member")
    window.open(published)
    window.emulate(media="print")
    for part in (".govuk-service-navigation", ".concord-filter", ".govuk-breadcrumbs"):
        assert not window.one(part).is_displayed(), part
    assert window.one("main h1").is_displayed()
    window.emulate(scheme="dark")
    for path in ("/", published, f"{published}/sections/B1", "/account", "/trust"):
        window.open(path)
        for width in WIDTHS[::2]:
            window.width(width)
            assert not window.axe(), path
