"""What people do, from beginning to end: with the mouse, and again without scripts."""

import json
import re
import subprocess
import time

import pytest
from selenium.webdriver.common.by import By

from caller import Caller
from chromium import Chromium
from installation import PASSWORD, email, totp

# Elements of long pages are counted in the page: Selenium takes seconds to list them.
ROWS = "return document.querySelectorAll('main table tbody tr').length"
PROTECTED_NAME, HOLDER = "Aaliyah Bexley", "desk"


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
    before = window.js(ROWS)
    area = window.all("select[id=area] option")[1].text
    window.choose("area", area)
    window.press("Show")
    assert "area=" in window.driver.current_url
    assert 0 < window.js(ROWS) < before
    window.follow("Show everything")
    assert window.js(ROWS) == before


def test_two_versions_are_compared(as_person, published, draft):
    window = as_person("analyst")
    window.open("/assessment/compare")
    for id, version in (("old", published), ("new", draft)):
        window.js("document.getElementById(arguments[0]).value = arguments[1]", id, version.rsplit("/", 1)[1])
    window.press("Compare")
    shown = window.js("return document.querySelector('main').textContent")
    assert "Strategic assessment 2024" in shown and "Strategic assessment 2025" in shown
    assert window.js(ROWS)


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


def test_reading_works_without_scripts(plain, published):
    sign_in(plain, "officer")
    plain.open("/assessment")
    plain.follow("Strategic assessment 2024")
    assert plain.path == published
    plain.open(f"{published}/sections/B1")
    plain.choose("area", plain.all("select[id=area] option")[1].text)
    plain.press("Show")
    assert "area=" in plain.driver.current_url
    plain.open("/account")
    plain.press("Sign out", within=".concord-tools")
    assert plain.path == "/sign-in"


def test_making_and_publishing_work_without_scripts(plain, callers):
    plain.belong_to(callers["analyst"])
    plain.open("/assessment")
    plain.press("Make an assessment")
    for id, text in (("title", "Spring of 2025"), ("from-month", "3"), ("from-year", "2025"), ("to-month", "5"),
                     ("to-year", "2025")):
        plain.type(id, text)
    plain.press("Make the assessment")
    until = time.monotonic() + 120
    while plain.path.startswith("/assessment/jobs/"):
        assert time.monotonic() < until, plain.main
        time.sleep(0.2)
        plain.follow("Show how far it is now")
    version = plain.path
    assert plain.heading == "Spring of 2025" and "Draft" in plain.main
    plain.belong_to(callers["lead"])
    plain.open("/")
    plain.follow("Spring of 2025")
    plain.press("Publish this assessment")
    plain.press("Publish")
    assert plain.path == version and "Published" in plain.main


def test_a_table_is_sorted_by_its_links_without_scripts(plain, callers):
    def names():
        return [cell.text for cell in plain.all("#accounts tbody th")]

    plain.belong_to(callers["admin"])
    plain.open("/trust/accounts?status=active")
    link = "#accounts thead th:first-child a"
    plain.press_element(plain.one(link))
    ascending = names()
    assert len(ascending) >= 9 and ascending == sorted(ascending, key=str.lower)
    assert plain.one("#accounts thead th").get_attribute("aria-sort") == "ascending"
    plain.press_element(plain.one(link))
    assert names() == ascending[::-1]
    assert plain.one("#accounts thead th").get_attribute("aria-sort") == "descending"
    assert "status=active" in plain.driver.current_url


def invite(window, callers, name):
    """Has an account made by the administrator; answers with the path of the link."""
    window.belong_to(callers["admin"])
    window.open("/trust/accounts")
    window.press("Add an account")
    window.type("name", name)
    window.type("email", email(name.split()[0].lower()))
    window.choose("agency", window.all("#agency option")[1].text)
    window.one("input[name=role][value=member]").click()
    window.one("input[name=role][value=analyst]").click()
    window.press("Add the account")
    link = window.one("#set-up-link code").text
    assert link.startswith(window.site.address)
    window.belong_to(None)
    return link.removeprefix(window.site.address)


def begin_signing_in(window, address, password):
    window.open("/sign-in")
    window.type("email", address)
    window.type("password", password)
    window.press("Sign in")


def test_an_invited_person_sets_up_signs_in_and_later_uses_a_recovery_code(nobody, callers):
    window, password, address = nobody, "gravel orchard telescope", email("nora")
    path = invite(window, callers, "Nora Pell")
    window.open(path)
    assert window.heading == "Choose a password" and "Nora Pell" in window.main
    assert not window.look_at_page()
    window.type("new-password", password)
    window.press("Save password")
    window.at("/sign-in")
    begin_signing_in(window, address, password)
    window.at("/sign-in/set-up-second-factor")
    assert window.one("main svg").is_displayed() and window.one("main svg").size["width"] > 100
    secret = window.one("main details code").get_attribute("textContent").replace(" ", "")
    assert not window.look_at_page()
    window.type("code", totp(secret, int(time.time()) // 30))
    window.press("Continue")
    assert window.heading == "Keep your recovery codes"
    codes = [code.text for code in window.all("main ol code")]
    assert len(codes) == 10
    window.press("I have kept my codes: continue")
    assert window.heading == "My work today" and "Nora Pell" in window.one(".concord-tools").text

    window.press("Sign out", within=".concord-tools")
    begin_signing_in(window, address, password)
    window.at("/sign-in/second-factor")
    window.follow("I do not have my telephone: use a recovery code")
    for _ in range(2):
        window.type("recovery-code", codes[3])
        window.press("Continue")
        if window.path == "/":
            window.press("Sign out", within=".concord-tools")
            begin_signing_in(window, address, password)
            window.follow("I do not have my telephone: use a recovery code")
    assert "was used before" in window.main, "a recovery code works once"
    window.open(path)
    assert window.heading == "This link can no longer be used"
    window.complaints()


def test_a_title_with_markup_is_text_and_the_policy_stops_scripts(as_person, callers):
    title = "<img src=x onerror='window.hurt = 1'><script>window.hurt = 1</script>"
    version = callers["analyst"].make_assessment(title, "2025-01", "2025-02")
    policy = callers["analyst"].ask(version).headers["Content-Security-Policy"]
    scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
    assert "unsafe" not in scripts and "*" not in scripts
    window = as_person("analyst")
    for path in (version, "/assessment", f"{version}/sections/B2", "/assessment/compare"):
        window.open(path)
        assert title in window.js("return document.body.textContent"), path
        assert not window.all("img[src=x]") and window.js("return window.hurt") is None, path
    assert not window.complaints()
    # Were it not escaped, the policy would stop it.
    window.js("""
        document.body.insertAdjacentHTML('beforeend', "<img src=x onerror='window.hurt = 1'>");
        document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.hurt = 1'}));
    """)
    time.sleep(0.3)
    assert window.js("return window.hurt") is None
    assert any("Content Security Policy" in line for line in window.complaints())
    # Discarded, so that no other test comes upon it.
    callers["analyst"].send(version, f"{version}/discard")


def test_a_person_is_found_and_opened_and_the_search_stands_in_no_address(as_person):
    window = as_person("intake")
    window.open("/people")
    window.type("q", "adeyemi")
    window.press("Search")
    assert "adeyemi" not in window.driver.current_url.lower()
    window.follow("Ruth Adeyemi")
    assert window.heading == "Ruth Adeyemi" and "5 December 1968" in window.main
    assert not window.look_at_page()


def test_a_protected_record_is_opened_in_an_emergency_and_its_holder_is_told(as_person):
    window = as_person(HOLDER)
    window.open("/people/notices")
    assert "Ivy Larsen" not in window.main
    window = as_person("advocate")
    window.open("/people")
    window.type("q", PROTECTED_NAME)
    window.type("reason", "A call about her safety tonight")
    window.press("Search")
    assert not [link for link in window.all("main a") if PROTECTED_NAME in link.text]
    window.press_element(window.driver.find_element(By.PARTIAL_LINK_TEXT, "A protected record held by"))
    assert window.heading == "This record is protected" and PROTECTED_NAME not in window.main
    window.press("Open the record for three hours")
    assert window.js("return document.activeElement.matches('.govuk-error-summary')")
    assert not window.look_at_page()
    window.one("input[value=risk-to-life]").click()
    window.type("reason", "Her neighbour called: he is at the door and she does not answer.")
    window.press("Open the record for three hours")
    assert window.heading == PROTECTED_NAME and "You opened this protected record" in window.main
    window = as_person(HOLDER)
    window.open("/people/notices")
    assert "A protected record was opened in an emergency" in window.main and "Ivy Larsen" in window.main


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
        assert not window.axe(only="color-contrast"), path
