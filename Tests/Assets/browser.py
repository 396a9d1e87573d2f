"""A headless Chromium, and what the checks ask of it."""

import pathlib
import time

import axe_playwright_python
from selenium import webdriver

AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js")).read_text()
# What is wider than the window and does not scroll within a container of its own.
OVERFLOWING = """
const width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth <= width + 1) return [];
return [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.concord-scroll, .scroll'))
    .slice(0, 3)
    .map(e => `${e.tagName.toLowerCase()}.${e.getAttribute('class') || ''} ${e.textContent.trim().slice(0, 40)}`)
    .concat([`scrollWidth ${document.documentElement.scrollWidth}`]);
"""
RUN = """
const done = arguments[arguments.length - 1];
const rules = Object.fromEntries(arguments[0].map(name => [name, {enabled: false}]));
axe.run(document, {
    rules, resultTypes: ['violations'], preload: false,
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(found => done(found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(' ')}: ${node.html.slice(0, 120)}: ` +
        [...node.any, ...node.all, ...node.none].map(check => check.message).join(' / ').slice(0, 200)))));
"""


class Browser:
    def __enter__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for option in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars",
                       "--use-angle=swiftshader", "--enable-unsafe-swiftshader"):
            options.add_argument(option)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_script_timeout(120)
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def show(self, address, width, scheme="light"):
        features = [{"name": "prefers-color-scheme", "value": "dark" if scheme == "dark" else "light"},
                    {"name": "forced-colors", "value": "active" if scheme == "forced" else "none"},
                    {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "media": "print" if scheme == "print" else "screen", "features": features})
        self.driver.get(address)
        self.settle()

    def settle(self):
        """Waits until the scripts that the page asked for have begun."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if self.driver.execute_script("return 'ready' in document.documentElement.dataset"):
                break
            time.sleep(0.05)
        time.sleep(0.3)
        self.driver.execute_script("document.querySelector('[data-module=map]')?.scrollIntoView()")
        while time.monotonic() < until and self.driver.execute_script(
                "return Boolean(document.querySelector('[data-module=map]:not(:has(.concord-map__controls))'))"):
            time.sleep(0.05)
        self.driver.execute_script("scrollTo(0, 0)")

    def complaints(self):
        """What scripts and the content security policy wrote on the console, but for what is no fault of ours."""
        entries = self.driver.get_log("browser")
        lines = [entry["message"] for entry in entries if entry["level"] in ("SEVERE", "WARNING")]
        excused = ("favicon", "GL Driver Message", "software WebGL", "/assets/images/", "GPU stall")
        return [line for line in lines if not any(word in line for word in excused)]

    def overflowing(self):
        return self.driver.execute_script(OVERFLOWING)

    def axe(self, skipped):
        if not self.driver.execute_script("return 'axe' in window"):
            self.driver.execute_script(AXE)
        found = self.driver.execute_async_script(RUN, skipped)
        # axe-core itself tries an inline style, which the policy refuses.
        self.driver.get_log("browser")
        return found

    def shot(self):
        size = self.driver.execute_script(
            "return [innerWidth, Math.min(document.documentElement.scrollHeight, 16000)]")
        return self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "format": "png", "captureBeyondViewport": True,
            "clip": {"x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}})["data"]
