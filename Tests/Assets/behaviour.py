"""What the scripts promise, tried with the keyboard and the mouse in the browser."""

import time

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

import serving

EXIT = """<h1 class="govuk-heading-l">Support</h1>
<div class="govuk-exit-this-page" data-module="govuk-exit-this-page"><a href="/elsewhere" role="button"
draggable="false"
class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
data-module="govuk-button" rel="nofollow noreferrer"><span class="govuk-visually-hidden">Emergency</span> Exit this page
</a></div><p id="secret">What only she may read</p>
<label class="govuk-label" for="words">Words</label><input class="govuk-input" id="words">"""

PROGRESS = """<h1 class="govuk-heading-l">Running</h1>
<div class="concord-progress" data-module="event-progress" data-src="{events}" data-page="{page}">
<label class="govuk-label" for="bar">Assessment</label><progress id="bar" max="100"></progress>
<p class="concord-progress__message" role="status">Waiting</p></div>"""

FORM = """<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">
<h2 class="govuk-error-summary__title">There is a problem</h2><div class="govuk-error-summary__body">
<ul class="govuk-list govuk-error-summary__list"><li><a href="#password">Enter your
password</a></li></ul></div></div></div>
<form action="/elsewhere"><div class="govuk-form-group govuk-password-input" data-module="govuk-password-input">
<label class="govuk-label" for="password">Password</label><div class="govuk-input__wrapper
govuk-password-input__wrapper">
<input class="govuk-input govuk-password-input__input govuk-js-password-input-input" id="password" type="password">
<button type="button" class="govuk-button govuk-button--secondary govuk-password-input__toggle
govuk-js-password-input-toggle" data-module="govuk-button" aria-controls="password" aria-label="Show password" hidden>
Show</button></div></div>
<div class="govuk-form-group govuk-character-count" data-module="govuk-character-count" data-maxlength="10">
<label class="govuk-label" for="more">More</label><textarea class="govuk-textarea govuk-js-character-count" id="more"
aria-describedby="more-info"></textarea><div id="more-info" class="govuk-hint govuk-character-count__message">You can
enter
up to 10 characters</div></div>
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Contact</legend>
<div class="govuk-radios" data-module="govuk-radios"><div class="govuk-radios__item">
<input class="govuk-radios__input" id="email" name="contact" type="radio" data-aria-controls="conditional-email">
<label class="govuk-label govuk-radios__label" for="email">Email</label></div>
<div class="govuk-radios__conditional govuk-radios__conditional--hidden" id="conditional-email">Address</div>
<div class="govuk-radios__item"><input class="govuk-radios__input" id="none" name="contact" type="radio">
<label class="govuk-label govuk-radios__label" for="none">Neither</label></div></div></fieldset>
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Needs</legend>
<div class="govuk-checkboxes" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="a" name="needs" type="checkbox">
<label class="govuk-label govuk-checkboxes__label" for="a">Interpreter</label></div><div class="govuk-checkboxes__item">
<input class="govuk-checkboxes__input" id="b" name="needs" type="checkbox" data-behaviour="exclusive">
<label class="govuk-label govuk-checkboxes__label" for="b">None</label></div></div></fieldset>
<div class="govuk-form-group"><label class="govuk-label" for="file">File</label><div class="govuk-file-upload-wrapper"
data-module="govuk-file-upload"><input class="govuk-file-upload" id="file" name="file" type="file"></div></div>
</form>"""

FOLDS = """<div class="govuk-tabs" data-module="govuk-tabs"><h2 class="govuk-tabs__title">Contents</h2>
<ul class="govuk-tabs__list"><li class="govuk-tabs__list-item govuk-tabs__list-item--selected">
<a class="govuk-tabs__tab" href="#one">One</a></li><li class="govuk-tabs__list-item">
<a class="govuk-tabs__tab" href="#two">Two</a></li></ul><div class="govuk-tabs__panel" id="one">First</div>
<div class="govuk-tabs__panel govuk-tabs__panel--hidden" id="two">Second</div></div>
<div class="govuk-accordion" data-module="govuk-accordion" id="acc"><div class="govuk-accordion__section">
<div class="govuk-accordion__section-header"><h2 class="govuk-accordion__section-heading">
<span class="govuk-accordion__section-button" id="acc-heading-1">A</span></h2></div>
<div id="acc-content-1" class="govuk-accordion__section-content"><p class="govuk-body">Within</p></div></div></div>"""

LIT = ".govuk-exit-this-page__indicator-light--on"
SAID = ".govuk-exit-this-page [role=status]"
MENU = "document.querySelector('.govuk-service-navigation__list')"
WITHIN = "document.querySelector('#acc-content-1 p')"
MAP = "document.querySelector('.concord-map__drawing--live .concord-map__controls')"


class Journey:
    def __init__(self, browser, server):
        self.browser, self.server, self.driver, self.found = browser, server, browser.driver, []

    def open(self, name, body=None, width=1280):
        if body is not None:
            self.server.pages[f"/{name}"] = serving.page(name, body)
        self.browser.show(self.server.address + name, width)

    def holds(self, sentence, script):
        """The script becomes true within five seconds, or the sentence is a complaint."""
        until = time.monotonic() + 5
        while time.monotonic() < until:
            if self.driver.execute_script(f"return Boolean({script})"):
                return
            time.sleep(0.05)
        self.found.append(f"behaviour: {sentence}: not so")

    def keys(self, *keys):
        for key in keys:
            ActionChains(self.driver).key_down(key).key_up(key).perform()

    def click(self, selector):
        self.driver.find_element(By.CSS_SELECTOR, selector).click()


def leaving(j):
    gone = "location.pathname === '/elsewhere'"
    j.open("leave", EXIT)
    j.keys(Keys.SHIFT, Keys.SHIFT)
    j.holds("two presses of Shift light two lights", f"document.querySelectorAll('{LIT}').length === 2")
    j.holds("the second press is announced", f"document.querySelector('{SAID}').textContent.includes('1 more')")
    j.keys(Keys.SHIFT)
    j.holds("three presses of Shift leave the page", gone)
    j.open("leave", EXIT)
    before = j.driver.execute_script("return history.length")
    j.click(".govuk-exit-this-page__button")
    j.holds("the button leaves the page", gone)
    j.holds("the page left is not in the history", f"history.length === {before}")
    j.open("leave", EXIT)
    j.click("#words")
    for letter in "ABC":
        ActionChains(j.driver).key_down(Keys.SHIFT).send_keys(letter).key_up(Keys.SHIFT).perform()
    time.sleep(0.5)
    j.holds("three capital letters do not leave the page", "location.pathname === '/leave'")


def asking(j):
    j.open("form", FORM)
    j.holds("the error summary has the focus", "document.activeElement.matches('.govuk-error-summary')")
    j.click(".govuk-error-summary a")
    j.holds("a link of the summary focuses the field", "document.activeElement.id === 'password'")
    j.click(".govuk-js-password-input-toggle")
    j.holds("the password is shown", "password.type === 'text'")
    j.driver.execute_script("document.forms[0].addEventListener('submit', e => e.preventDefault());"
                            "document.forms[0].requestSubmit()")
    j.holds("the password is hidden when sent", "password.type === 'password'")
    j.click("#more")
    ActionChains(j.driver).send_keys("twelve chars").perform()
    j.holds("too many characters are counted", "document.querySelector('.govuk-character-count__status')"
                                               ".textContent === 'You have 2 characters too many'")
    j.holds("the count is spoken after a pause", "document.querySelector('.govuk-character-count__sr-status')"
                                                 ".textContent === 'You have 2 characters too many'")
    j.click("#email")
    j.holds("a chosen radio opens its question", "document.getElementById('conditional-email').checkVisibility()")
    j.click("#none")
    j.holds("another closes it", "!document.getElementById('conditional-email').checkVisibility()")
    j.click("#a")
    j.click("#b")
    j.holds("None unticks the others", "!a.checked && b.checked")
    j.holds("the field for files became a zone",
            "document.querySelector('button#file.govuk-file-upload-button--empty')")
    field = j.driver.find_element(By.CSS_SELECTOR, "input[type=file]")
    field.send_keys(__file__)
    j.holds("the zone names the file", "document.querySelector('#file-status').textContent === 'behaviour.py'")


def folding(j):
    j.open("folds", FOLDS)
    j.holds("the second panel is hidden", "!two.checkVisibility() && one.checkVisibility()")
    j.click("a[href='#one']")
    j.keys(Keys.ARROW_RIGHT)
    j.holds("the arrow shows the second panel", "two.checkVisibility() && !one.checkVisibility()")
    j.holds("the content is folded", f"!{WITHIN}.checkVisibility({{contentVisibilityAuto: true}})")
    j.click("button.govuk-accordion__section-button")
    j.holds("a press opens it", f"{WITHIN}.checkVisibility()")
    j.holds("the button says so", "document.querySelector('button#acc-heading-1[aria-expanded=true]')")
    j.open("folds", width=320)
    j.holds("narrow, every panel is shown", "two.checkVisibility() && one.checkVisibility()")
    j.open("own", width=320)
    j.holds("narrow, the menu is folded", f"!{MENU}.checkVisibility()")
    j.click(".govuk-service-navigation__toggle")
    j.holds("its button opens it", f"{MENU}.checkVisibility()")


def waiting(j):
    j.open("job", PROGRESS.format(events="/events", page="/finished"))
    j.holds("events move the bar", "document.querySelector('progress')?.value > 0 || location.pathname === '/finished'")
    j.holds("the last event leads to the page", "location.pathname === '/finished'")
    j.open("job", PROGRESS.format(events="/no-such-stream", page="/status"))
    j.holds("without events the page is read", "document.querySelector('progress')?.value === 50")
    j.holds("until it tells of no progress", "location.pathname === '/status'")


def mapping(j):
    j.open("own")
    j.driver.execute_script("document.querySelector('.concord-map').scrollIntoView()")
    j.holds("the map is drawn", MAP)
    if j.found:
        j.found += j.browser.complaints()
        return
    j.click(".concord-map__list tbody button")
    tooltip = "document.querySelector('.concord-map__tooltip')"
    j.holds("a row of the list shows its area", f"!{tooltip}.hidden && {tooltip}.textContent.startsWith('Castle48.2')")
    j.holds("the row is marked", "document.querySelector('tr.is-current th').textContent === 'Castle'")
    j.keys(Keys.TAB)
    j.holds("the next row follows the focus", f"{tooltip}.textContent.startsWith('Riverside')")
    j.keys(Keys.ESCAPE)
    j.holds("Escape hides it", f"{tooltip}.hidden")
    j.click("[aria-label='Show all areas']")
    time.sleep(1)
    j.driver.execute_script("document.querySelector('.concord-map').scrollIntoView()")
    surface = j.driver.find_element(By.CSS_SELECTOR, ".concord-map__surface")
    ActionChains(j.driver).move_to_element_with_offset(surface, -60, 5).perform()
    j.holds("the pointer shows the area beneath", f"{tooltip}.textContent.startsWith('Riverside') && !{tooltip}.hidden")
    j.holds("every area has a class in the key", "document.querySelectorAll('.concord-map__key li').length === 4")


def fetching(j):
    j.open("own")
    j.click("#fetch")
    j.holds("htmx fetches a part", "document.getElementById('fetched')")
    j.holds("htmx evaluates nothing and keeps no page",
            "htmx.config.allowEval === false && htmx.config.historyCacheSize === 0")


def check(browser, server):
    found = []
    for journey in (leaving, asking, folding, waiting, mapping, fetching):
        j = Journey(browser, server)
        try:
            journey(j)
        except Exception as error:
            j.found.append(f"behaviour: {journey.__name__} stopped: {str(error).splitlines()[0]}")
        found += j.found
    found += [f"behaviour: {line}" for line in browser.complaints() if "no-such-stream" not in line]
    return found
