"""A headless Chromium, and what every page is asked."""

import json
import pathlib
import sys
import time
import urllib.parse

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Assets"))

import browser  # noqa: E402

# From what a page is opened at to the narrowest, so that the window changes as seldom as can be.
WIDTHS = (1280, 768, 320)
# A fixed width for the window; the pages' own scroll bars take none of it.
OPTIONS = ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--use-angle=swiftshader",
           "--enable-unsafe-swiftshader", "--disable-background-networking", "--no-first-run")
# What the machine without a graphics card says, and nothing of ours.
EXCUSED = ("GL Driver Message", "software WebGL", "GPU stall", "status of 4")
FOCUS = """
const e = document.activeElement;
if (!e || e === document.body || e === document.documentElement) return null;
const shown = e.matches('.govuk-radios__input, .govuk-checkboxes__input') ? getComputedStyle(e.nextElementSibling, '::before')
    : getComputedStyle(e);
const box = e.getBoundingClientRect();
return {
    name: (e.getAttribute('aria-label') || e.innerText || e.value || '').trim().replace(/\\s+/g, ' '),
    id: e.id, tag: e.tagName.toLowerCase(), href: e.getAttribute('href'),
    marked: (shown.outlineStyle !== 'none' && parseFloat(shown.outlineWidth) > 0) || shown.boxShadow !== 'none',
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0
        && box.left < innerWidth,
};
"""


# Every rule of axe-core sees every element, but for contrast and the size of targets, four fifths of its time on the
# longest pages. Those pass over a table's row when one above it has the same markup, so that the same styles apply; what
# differs is where links lead, identifiers and texts, though of links not so that one is shorter than three letters and so
# may be too small. Of a drawing's texts they take one of a kind: axe-core knows styles, not what is painted below them.
# Shadows at the ends of what scrolls are gradients, over which axe-core cannot tell contrast: it would pass all tables.
REPEATED = r"""
const plain = new CSSStyleSheet();
plain.replaceSync('.concord-scroll, select { background-image: none !important }');
document.adoptedStyleSheets.push(plain);
const again = new WeakSet();
const leaveFirst = (parts, likeness) => {
    const known = new Set();
    for (const part of parts) {
        const key = likeness(part);
        if (known.has(key)) again.add(part);
        known.add(key);
    }
};
for (const body of document.querySelectorAll('tbody')) {
    leaveFirst(body.rows, row => row.outerHTML.replace(/ (href|id|title|value|datetime|data-[a-z-]+)="[^"]*"/g, ' $1')
        .replace(/(<(?:a|button)\b[^>]*)?>([^<]*)</g,
            (_, control, text) => `${control ?? ''}>${Math.min(text.trim().length, control ? 3 : 1)}<`));
}
for (const drawing of document.querySelectorAll('svg')) {
    leaveFirst(drawing.querySelectorAll('text'), text => text.parentElement.getAttribute('class') + '|' +
        [...text.attributes].filter(({name}) => !['x', 'y', 'transform'].includes(name)).map(a => a.name + a.value));
}
for (const rule of axe._audit.rules.filter(rule => ['color-contrast', 'target-size'].includes(rule.id))) {
    const matches = rule.matches;
    rule.matches = function (element, ...more) {
        return !again.has(element.closest('tr, svg text')) && matches.call(this, element, ...more);
    };
}
"""
# A map is drawn when it comes near the window; the first of a page stands for the others.
MAP = "[data-module=map][data-geojson]"


class Chromium:
    def __init__(self, site, has_scripts=True):
        self.site, self.has_scripts = site, has_scripts
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for option in OPTIONS:
            options.add_argument(option)
        if not has_scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
        self.driver.set_script_timeout(120)
        self.width(1280)
        self.emulate()
        self.document = None

    def quit(self):
        self.driver.quit()

    def js(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    # How it looks

    def width(self, width):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})

    def emulate(self, media="screen", scheme="light"):
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": [
            {"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]})

    # Whose it is

    def belong_to(self, caller=None):
        """Takes over the session that a caller opened; None for nobody's."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        for cookie in caller.jar if caller else ():
            self.driver.execute_cdp_cmd("Network.setCookie", {
                "name": cookie.name, "value": cookie.value, "url": self.site.address, "httpOnly": True})

    # Going about

    def open(self, path):
        self.driver.get(urllib.parse.urljoin(self.site.address, path))
        self.settle()

    def settle(self):
        """Waits for the page's scripts, and for its maps if it has any."""
        if not self.has_scripts:
            return
        self.until("document.readyState === 'complete' && (!document.querySelector('script') || "
                   "'ready' in document.documentElement.dataset)", "the page's scripts run")

    def until(self, script, what, seconds=30):
        until = time.monotonic() + seconds
        while not self.js(f"return Boolean({script})"):
            assert time.monotonic() < until, f"{what}: not so after {seconds} s at {self.path}"
            time.sleep(0.03)

    def at(self, path, seconds=10):
        """Waits until the address begins so."""
        until = time.monotonic() + seconds
        while not self.path.startswith(path):
            assert time.monotonic() < until, f"at {self.path}, not at {path}: {self.heading}"
            time.sleep(0.03)
        self.settle()

    @property
    def path(self):
        return urllib.parse.urlsplit(self.driver.current_url).path

    @property
    def heading(self):
        found = self.driver.find_elements(By.TAG_NAME, "h1")
        return found[0].text if found else ""

    @property
    def main(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def follow(self, text):
        """Follows the link of this text."""
        self.press_element(self.driver.find_element(By.LINK_TEXT, text))

    def press(self, text, within="main"):
        """Presses the button, or what looks like one, of this text."""
        found = [e for e in self.all(f"{within} button, {within} a.govuk-button") if e.text.strip() == text]
        assert found, f"no button “{text}” at {self.path}"
        self.press_element(found[0])

    def press_element(self, element):
        """Presses what leads to another page, and waits for that."""
        before = self.one("html")
        element.click()
        self.gone(before)

    def gone(self, page):
        """Waits until the page, by its first element, has made way for another."""
        until = time.monotonic() + 30
        while True:
            assert time.monotonic() < until, f"nothing happened at {self.path}"
            try:
                page.tag_name
            except (StaleElementReferenceException, WebDriverException):
                return self.settle()
            time.sleep(0.02)

    def type(self, id, text):
        field = self.one(f"[id='{id}']")
        field.clear()
        field.send_keys(text)

    def choose(self, id, text):
        Select(self.one(f"[id='{id}']")).select_by_visible_text(text)

    # The keyboard

    def keys(self, *keys):
        for key in keys:
            ActionChains(self.driver).key_down(key).key_up(key).perform()

    @property
    def focus(self):
        return self.js(FOCUS)

    # What is asked of every page

    def overflowing(self):
        return self.js(browser.OVERFLOWING)

    def axe(self, only=None):
        """What axe says, of one rule or of all."""
        if not self.js("return 'axe' in window"):
            self.js(f"{browser.AXE}\n{REPEATED}")
        run = browser.RUN if only is None else browser.RUN.replace("runOnly: [", f"runOnly: ['{only}'] || [", 1)
        found = self.driver.execute_async_script(run, [])
        # axe-core itself tries an inline style, which the policy refuses.
        self.driver.get_log("browser")
        return found

    def complaints(self):
        """What the console and the network say since they were asked last."""
        found = [entry["message"] for entry in self.driver.get_log("browser")
                 if entry["level"] in ("SEVERE", "WARNING") and not any(word in entry["message"] for word in EXCUSED)]
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                address = event["params"]["request"]["url"]
                if not address.startswith((self.site.address + "/", "data:", "blob:", "about:", "chrome")):
                    found.append(f"asked another origin: {address}")
            elif event["method"] == "Network.responseReceived":
                response = event["params"]["response"]
                if event["params"]["type"] == "Document":
                    self.document = event["params"]["requestId"]
                if response["status"] >= 500:
                    found.append(f"{response['status']} {response['url']}")
                elif response["status"] >= 400 and event["params"]["type"] != "Document":
                    found.append(f"{response['status']} {response['url']}")
        return found

    @property
    def served(self):
        """The page as it came, if complaints were asked after it was opened."""
        return self.driver.execute_cdp_cmd("Network.getResponseBody", {"requestId": self.document})["body"]

    def draw_map(self):
        """Has the page's first map drawn, if it has one and is long enough to have put it off."""
        if self.js(f"const map = document.querySelector('{MAP}'); map?.scrollIntoView(); return Boolean(map)"):
            self.until(f"document.querySelector('{MAP} .concord-map__controls')", "the map is drawn")
            self.js("scrollTo(0, 0)")

    def look_at_page(self):
        """All that is wrong with the page shown: at each width what stands out of the window, and at the widest and the
        narrowest what axe says. Between them the styles are those of the widest, but for margins and where the contents
        of a document stand."""
        found = []
        for width in WIDTHS:
            self.width(width)
            if wide := self.overflowing():
                found.append(f"{width} px: scrolls sideways: {wide}")
            if width in (max(WIDTHS), min(WIDTHS)):
                found += [f"{width} px: {line}" for line in self.axe()]
        self.width(WIDTHS[0])
        return found
