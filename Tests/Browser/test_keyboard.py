"""The keyboard alone: what has the focus is always marked and in view."""

from selenium.webdriver.common.keys import Keys

from installation import PASSWORD, email


def tab_to(window, name, limit=120):
    """Goes on by Tab to what is so called or has that id."""
    for _ in range(limit):
        window.keys(Keys.TAB)
        focus = window.focus
        if focus is None:
            continue
        assert focus["marked"], f"nothing shows that {focus} has the focus"
        assert focus["seen"], f"{focus} has the focus out of sight"
        if name in (focus["name"], focus["id"]):
            return focus
    raise AssertionError(f"Tab does not come to {name} at {window.path}")


def write(window, text):
    window.driver.switch_to.active_element.send_keys(text)


def enter(window):
    page = window.one("html")
    window.keys(Keys.ENTER)
    window.gone(page)


def test_signing_in_reading_and_signing_out_need_no_mouse(nobody, published):
    window = nobody
    window.open("/sign-in")
    tab_to(window, "email")
    write(window, email("advocate"))
    tab_to(window, "password")
    write(window, PASSWORD)
    tab_to(window, "Sign in")
    enter(window)
    window.at("/sign-in/second-factor")
    tab_to(window, "code")
    write(window, window.site.code("advocate"))
    enter(window)
    window.at("/")
    tab_to(window, "Assessment")
    enter(window)
    tab_to(window, "Strategic assessment 2024")
    enter(window)
    assert window.path == published
    tab_to(window, "area")
    window.keys(Keys.ARROW_DOWN)
    tab_to(window, "Show")
    enter(window)
    assert "area=" in window.driver.current_url
    window.open("/account")
    tab_to(window, "Sign out")
    enter(window)
    assert window.path == "/sign-in"


def test_making_and_publishing_need_no_mouse(as_person):
    window = as_person("analyst")
    window.open("/assessment")
    tab_to(window, "Make an assessment")
    enter(window)
    for id, text in (("title", "Winter of 2025"), ("from-month", "1"), ("from-year", "2025"), ("to-month", "2"),
                     ("to-year", "2025")):
        tab_to(window, id)
        write(window, text)
    tab_to(window, "Make the assessment")
    enter(window)
    window.until("/^\\/assessment\\/[0-9a-f-]{36}$/.test(location.pathname)", "the draft is open by itself", 120)
    window.settle()
    version = window.path
    window = as_person("lead")
    window.open("/")
    tab_to(window, "Winter of 2025")
    enter(window)
    tab_to(window, "Publish this assessment")
    enter(window)
    tab_to(window, "Publish")
    enter(window)
    assert window.path == version and "Published" in window.main


def test_the_first_tab_is_the_way_past_the_navigation(as_person):
    window = as_person("member")
    window.open("/assessment")
    window.keys(Keys.TAB)
    assert window.focus["name"] == "Skip to main content" and window.focus["marked"] and window.focus["seen"]
    window.keys(Keys.ENTER)
    assert window.js("return document.activeElement.id") == "main-content"


def test_shift_three_times_leaves_the_page_of_reports(as_person):
    window = as_person("officer")
    window.open("/reports")
    button = window.one(".govuk-js-exit-this-page-button")
    # Somewhere within this machine: tests ask nothing of the world.
    window.js("arguments[0].href = '/privacy'", button)
    window.keys(Keys.SHIFT, Keys.SHIFT)
    assert window.path == "/reports"
    window.keys(Keys.SHIFT)
    window.at("/privacy")
    window.driver.back()
    assert window.path != "/reports"
