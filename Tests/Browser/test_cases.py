"""Every type of case from first contact to closure, by the roles that do it: with the mouse, by the keyboard alone,
without scripts, and at 320 px; what was typed wrongly; and two people who write at once."""

import concurrent.futures
import json
import time
import traceback

import pytest
from selenium.webdriver.common.keys import Keys

from caller import Caller
from chromium import Chromium
from forms import Form, KeyboardForm, errors, everyone, press, send
from installation import ROOT

FILES = (ROOT / "Definitions/case-types").glob("*.json")
DEFINITIONS = {definition["code"]: definition for definition in (json.loads(file.read_text()) for file in FILES)}
# Who works on cases of a type, a colleague of another agency, and the usual way through it.
WALKS = {
    "asb": ("officer", "health", ["assess", "agree-plan", "start", "monitor", "begin-closing", "close"]),
    # Sealed: it must be begun while the second factor is fresh, and it has the longest way, so it comes first.
    "channel": ("police", "health", ["ask-police", "gather", "list", "adopt", "support", "exit", "look-back", "close"]),
    "child-exploitation": ("police", "housing", ["screen", "assess", "list", "hear", "step-down"]),
    "community-marac": ("officer", "health", ["accept", "begin-research", "hear", "open-plan", "close"]),
    "dvds": ("advocate", "officer", ["meet", "begin-research", "decide", "disclose", "close"]),
    "exploitation-place": ("officer", "probation", ["accept", "plan", "act", "watch", "close"]),
    "fgm-report": ("health", "housing", ["report", "cared-for"]),
    "gangs": ("police", "probation", ["consider", "add", "propose-leaving", "leave"]),
    "hate-incident": ("police", "housing", ["to-police", "work-on", "close"]),
    "marac": ("police", "housing", ["screen", "flag", "begin-research", "hear", "act", "follow-up", "close"]),
    "modern-slavery": ("police", "health", ["refer-adult", "positive", "decide", "close"]),
    # A supervisor alone selects, lets go and closes, and in the demo only the police have one.
    "offender-management": ("police", "probation", ["assess", "select", "start", "propose-leaving", "leave"]),
    "perpetrator-panel": ("police", "probation", ["accept", "hear", "start", "close"]),
    "treatment": ("health", "probation", ["see", "start", "complete"]),
    "victim-support": ("advocate", "officer", ["learn-needs", "support", "close"]),
    "womens-hub": ("advocate", "officer", ["welcome", "support", "close"]),
    "youth-diversion": ("officer", "police", ["screen", "offer", "engage", "end"]),
}
# Steps that are made with a reason, without a form that they ask for: what keeps someone safe is not for the police to
# write down, who stand on nobody's side.
WITH_A_REASON = {
    ("victim-support", "close"): "rights", ("hate-incident", "work-on"): "safe-contact",
    ("child-exploitation", "list"): "safety", ("modern-slavery", "refer-adult"): "safety",
    ("marac", "screen"): "safe-contact", ("marac", "begin-research"): "safety",
}
REASON = "It was asked for twice, and the safer way is to go on now and to ask again on Friday."
# Reviews have pages of their own: test_panels.py walks one.
ELSEWHERE = {"case-review"}


class Type:
    def __init__(self, code):
        self.definition = DEFINITIONS[code]
        self.code, self.name = code, self.definition["name"]
        self.states = {state["code"]: state for state in self.definition["states"]}
        self.moves = {move["code"]: move for move in self.definition["moves"]}
        self.forms = {form["code"]: form for form in self.definition["forms"]}
        self.parties = {party["code"]: party for party in self.definition["parties"]}

    def answers(self, path):
        """By form and label, what the gates on the way ask for."""
        found = {code: {} for code in self.forms}
        for gate in (gate for code in path for gate in self.moves[code].get("gates", [])):
            if gate["gate"] != "answer":
                continue
            field = next(f for f in self.forms[gate["form"]]["fields"] if f["code"] == gate["field"])
            texts = {c["code"]: c["text"] for c in field.get("choices", [])} | {"yes": "Yes", "no": "No"}
            if "answers" in gate:
                found[gate["form"]][field["label"]] = texts[gate["answers"][0]]
            else:
                found[gate["form"]].setdefault(field["label"], None)
        return found


class Walk:
    """One case, by one person in one window."""

    def __init__(self, window, code, path, form=Form, look=lambda: None, name="Marlow"):
        self.window, self.type, self.path, self.form, self.look = window, Type(code), path, form, look
        self.answers = self.type.answers(path)
        self.name, self.address, self.reference = name, None, None

    def send(self, button, answers=None, rest=True):
        self.look()
        answers = dict(answers or {})
        form = self.form(self.window, button)
        for label in [label for label, answer in answers.items() if answer is None]:
            answers[label] = form.question(label).likely()
        send(self.window, button, answers, rest, form=self.form)
        self.look()

    def follow(self, text):
        press(self.window, next(e for e in self.window.all("main a") if e.text == text))
        self.look()

    # Beginning

    def begin(self):
        window = self.window
        window.open("/")
        if not window.one(".govuk-service-navigation__list").is_displayed():
            window.one(".govuk-service-navigation__toggle").click()
        press(window, window.one(".govuk-service-navigation__list a[href='/cases']"))
        window.press("Start a case")
        self.look()
        self.follow(self.type.name)
        self.send("Open the case", self.opening())
        assert window.path.startswith("/cases/"), window.path
        self.address = window.path
        self.reference = window.one("main .govuk-caption-l").text.rsplit(", ", 1)[1]
        assert window.heading == self.heading
        self.stands(self.type.definition["states"][0])

    @property
    def heading(self):
        return f"Walked case of {self.type.code}"

    def opening(self):
        answers = {"What will you know it by?": self.heading}
        for party in self.type.definition["parties"]:
            if party.get("opens"):
                answers |= {f"{party['name']}: Given name": "Zephyrine", f"{party['name']}: Family name": self.name}
        for form in self.type.definition["forms"]:
            if form.get("opens"):
                answers |= self.answers[form["code"]]
        return answers

    # Going on

    def stands(self, state):
        assert self.window.one("main h1 + p").text.startswith(state["name"]), \
            f"{self.address} is “{self.window.one('main h1 + p').text}”, not “{state['name']}”"

    def part(self, name):
        """Opens a part of the case."""
        links = [e for e in self.window.all(".concord-parts a") if e.text == name]
        if not links:
            self.overview()
            links = [e for e in self.window.all(".concord-parts a") if e.text == name]
        press(self.window, links[0])
        self.look()

    def overview(self):
        """Goes back to the case by its reference above the page, or by the first of its parts."""
        if self.window.path != self.address:
            links = self.window.all(".govuk-breadcrumbs a, .concord-parts a")
            press(self.window, next(e for e in links if e.text in (self.reference, "Overview")))

    def missing(self, move):
        """What the page says is missing for a step, and how the step stands."""
        self.overview()
        item = next(e for e in self.window.all("main .govuk-task-list__item")
                    if move["name"] in [a.text for a in e.find_elements("css selector", "a")])
        hints = [e.text for e in item.find_elements("css selector", ".govuk-task-list__hint")]
        return (hints or [""])[0], item.find_element("css selector", ".govuk-task-list__status").text

    def step(self, code):
        move = self.type.moves[code]
        gates = move.get("gates", [])
        if any(gate["gate"] == "no-open-action" for gate in gates):
            self.undertake()
        hint, status = self.missing(move)
        named = [gate for gate in gates if gate["says"] in hint]
        ought = "Ready" if not hint else "With a reason" if all(gate.get("orReason") for gate in named) else "Not yet"
        assert status == ought, f"{code} of {self.type.code}: {status}, not {ought}: {hint}"
        goes_without = WITH_A_REASON.get((self.type.code, code))
        for gate in named:
            if not goes_without or gate.get("form") != goes_without:
                self.satisfy(gate, move)
        if not goes_without:
            hint, status = self.missing(move)
            assert (hint, status) == ("", "Ready"), f"{code} of {self.type.code}: {status}: {hint}"
        self.overview()
        self.follow(move["name"])
        answers = dict(self.answers[move["form"]]) if "form" in move else {}
        if move.get("reason"):
            answers["Why?"] = REASON
        elif goes_without:
            answers["Why can it go on without?"] = REASON
        self.send(move["name"], answers)
        state = self.type.states[move["to"]]
        assert self.window.path == self.address, f"{self.window.path}: {errors(self.window)}"
        self.stands(state)
        # Each page costs a second: the timeline is read where something was passed by, and at the end of the case.
        if goes_without or state.get("ends"):
            self.part("Timeline")
            titles = [e.text for e in self.window.all("main h2")]
            assert move["name"] in titles, f"{move['name']} not in the timeline: {titles}"
            if goes_without:
                assert REASON in self.window.main and "Without:" in self.window.main
            self.overview()

    def satisfy(self, gate, move):
        """Does what the page says is missing."""
        kind = gate["gate"]
        if kind in ("form", "answer", "author"):
            for _ in range(6):
                if gate["says"] not in self.missing(move)[0]:
                    return
                self.fill(gate["form"])
            raise AssertionError(f"“{gate['says']}” is still missing in {self.type.code}")
        if kind == "assessment":
            self.assess(gate["instrument"])
        elif kind == "party":
            self.part("People")
            self.send("Add to the case", {
                "What part do they take?": self.type.parties[gate["party"]]["name"],
                "Given name": "Quillon", "Family name": self.name})
        elif kind == "no-open-action":
            self.close_action()
        else:
            raise AssertionError(f"nobody knows how to do what {gate} asks")

    def fill(self, code):
        form = self.type.forms[code]
        self.overview()
        self.follow(form["name"])
        self.send("Save", self.answers[code])
        assert self.window.path == f"{self.address}/record"

    def assess(self, code):
        instrument = json.loads((ROOT / f"Definitions/instruments/{code}.json").read_text())
        self.part("Risk")
        self.follow(f"Assess: {instrument['name']}")
        form = self.form(self.window, "Save the assessment")
        least = {}
        for question in form.questions:
            if question.kind == "radio":
                least[question.asks] = "No" if "No" in question.choices else question.choices[0]
        self.send("Save the assessment", least)
        assert self.window.path == f"{self.address}/risk" and self.window.all("main dl"), errors(self.window)

    ACTION = "Ring them on Thursday and ask how it goes"

    def undertake(self):
        self.part("Actions")
        self.send("Add the action", {"What is to be done?": self.ACTION})
        assert self.ACTION in self.window.main

    def close_action(self):
        self.part("Actions")
        press(self.window, next(e for e in self.window.all("main table a") if e.text.startswith("Close")))
        self.send("Close the action", {"How did it end?": "Done", "What came of it?": "They are well, and said so."})
        assert self.window.path == f"{self.address}/actions"

    # The end

    def is_over(self):
        window = self.window
        assert self.type.states[self.type.moves[self.path[-1]]["to"]].get("ends")
        terms = [e.text for e in window.all("main dt")]
        assert "Closed" in terms, terms
        assert not window.all("#clocks"), f"a clock runs on: {window.one('#clocks').text}"
        self.is_listed_as_closed()

    def is_listed_as_closed(self):
        window = self.window
        press(window, next(e for e in window.all(".govuk-breadcrumbs a, main a") if e.text == "Cases"))
        for also_closed in (False, True):
            form = Form(window, "Apply filters")
            form.fill({"Reference or heading": self.reference}, rest=False)
            if also_closed:
                form.click(next(q for q in form.questions if "Closed cases too" in q.choices), "Closed cases too")
            form.send()
            rows = [row.text for row in window.all("main tbody tr") if self.reference in row.text]
            assert bool(rows) == also_closed, f"closed cases too: {also_closed}, and the list has {rows}"
        assert self.type.states[self.type.moves[self.path[-1]]["to"]]["name"] in rows[0]

    def go(self):
        self.begin()
        for code in self.path:
            self.step(code)
        self.is_over()
        return self


class Walks:
    """All types, in two windows."""

    def __init__(self, site, people):
        self.site, self.people = site, people
        self.waiting = sorted(WALKS, key=lambda code: -len(WALKS[code][2]))
        self.faults, self.took = {}, {}

    def work(self):
        window = Chromium(self.site)
        try:
            while self.waiting:
                code = self.waiting.pop(0)
                began = time.monotonic()
                try:
                    self.walk(window, code)
                    self.faults[code] = ""
                except Exception:
                    self.faults[code] = f"at {window.driver.current_url}\n{traceback.format_exc()}"
                self.took[code] = time.monotonic() - began
        finally:
            window.quit()

    def walk(self, window, code):
        name, other, path = WALKS[code]
        window.belong_to(self.people[name])
        window.complaints()
        walk = Walk(window, code, path).go()
        complaints = window.complaints()
        assert not complaints, complaints
        window.belong_to(self.people[other])
        for part in ("", "/timeline", "/record"):
            window.open(walk.address + part)
            assert window.heading == "Page not found" and walk.reference not in window.driver.page_source
        window.complaints()


@pytest.fixture(scope="module")
def people(site):
    return everyone(site)


@pytest.fixture(scope="module")
def walks(site, people, request):
    began, walks = time.monotonic(), Walks(site, people)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for worker in [pool.submit(walks.work) for _ in range(2)]:
            worker.result()
    request.config.notes.append(f"{len(WALKS)} types of case from beginning to end in {time.monotonic() - began:.0f} s")
    return walks


@pytest.fixture
def belong(nobody, people):
    def belong_to(name):
        nobody.belong_to(people[name])
        return nobody
    return belong_to


@pytest.mark.parametrize("code", WALKS)
def test_a_case_goes_from_first_contact_to_closure(walks, code):
    assert not walks.faults[code], walks.faults[code]


def test_every_type_that_is_on_is_walked(belong):
    window = belong("officer")
    window.open("/cases/new")
    offered = {link.text for link in window.all("main dt a")}
    assert offered == {DEFINITIONS[code]["name"] for code in WALKS.keys() | ELSEWHERE}


def test_a_sealed_case_opens_to_those_to_whom_its_chair_grants_it(walks, nobody, site):
    # What is sealed asks for a second factor of the last minutes.
    fresh = {name: Caller(site, name) for name in ("prevent", "police", "health")}

    def belong(name):
        nobody.belong_to(fresh[name])
        return nobody

    def opens(name, case):
        window = belong(name)
        window.open("/cases?whose=all&over=yes")
        listed = bool(window.all(f"main a[href='{case}']"))
        window.open(case)
        found = window.heading != "Page not found"
        assert listed == found, f"{name} is {'' if listed else 'not '}shown it in the list and finds {window.heading}"
        return found

    def grant(case, answers):
        window = belong("prevent")
        window.open(f"{case}/access/class")
        send(window, "Save", {"Reason": "The school nurse joins the panel", **answers}, rest=False)
        assert window.path == f"{case}/access", errors(window)

    window = belong("prevent")
    window.open("/cases?whose=all")
    case = window.one("main tbody a").get_attribute("href").removeprefix(site.address)
    assert opens("prevent", case) and opens("police", case) and not opens("health", case)
    grant(case, {"Email address of someone to name or to grant it to": "health@obbwade.example"})
    assert opens("health", case)
    window = belong("prevent")
    window.open(f"{case}/access/class")
    box = next(e for e in window.all("main label") if e.text == "Hana Iqbal")
    box.click()
    grant_again = {"Reason": "She only had to be heard once"}
    send(window, "Save", grant_again, rest=False)
    assert not opens("health", case) and opens("prevent", case)


def test_who_may_not_make_a_step_is_told_who_may_and_can_end_it_otherwise(belong):
    window = belong("officer")
    walk = Walk(window, "offender-management", ["assess", "move-area"], name="Thornbury")
    walk.begin()
    walk.step("assess")
    walk.satisfy({"gate": "answer", "form": "selection", "says": "Have police and probation agree, with the evidence"},
                 walk.type.moves["select"])
    walk.overview()
    walk.follow("Select")
    Form(window, "Select").send()
    assert errors(window) == ["Only this role may do it: Panel chair or Supervisor"]
    window.follow(walk.reference)
    walk.stands(walk.type.states["assessed"])
    walk.step("move-area")
    walk.is_over()


def test_what_was_typed_is_kept_when_something_is_wrong(belong):
    window = belong("officer")
    window.open("/cases/new/asb")
    typed = {
        "Victim: Given name": "Zephyrine", "Victim: Year of birth": "19", "What kind of behaviour is it?":
        "Nuisance: to the community", "What was it?": ["Noise", "Threats"], "Where?": "By the lifts",
        "What kind of evidence is it?": "Hearsay"}
    Form(window, "Open the case").fill(typed, rest=False).send()
    assert window.driver.title.startswith("Error: ") and window.path == "/cases/new/asb"
    assert window.js("return document.activeElement.matches('.govuk-error-summary')")
    found = errors(window)
    assert "Enter a few words by which you know the case" in found and len(found) >= 2, found
    form = Form(window, "Open the case")
    for label, answer in typed.items():
        assert form.given(label) == ([answer] if isinstance(answer, str) else answer), label
    for index in range(len(found)):
        window.all(".govuk-error-summary li a")[index].click()
        assert window.js("return document.activeElement.matches('main form :is(input, textarea, select)')")


def test_two_people_who_write_at_once_see_both_versions_and_lose_nothing(belong, site, people):
    window = belong("officer")
    walk = Walk(window, "asb", [], name="Larkhill")
    walk.begin()
    asked = "What will be done, by whom, by when"
    walk.answers["plan"] = {asked: "Locks this week."}
    walk.fill("plan")
    colleague = Chromium(site)
    try:
        colleague.belong_to(people["housing"])
        for one in (window, colleague):
            one.open(walk.address)
            one.press_element(next(e for e in one.all("main a") if e.text == "Plan with the victim"))
            assert Form(one, "Save the correction").given(asked) == ["Locks this week."]
        send(colleague, "Save the correction", {asked: "Locks this week, a camera next."})
        Form(window, "Save the correction").fill({asked: "Locks this week, and mediation."}, rest=False).send()
        assert "Harriet Cole changed this first" in errors(window)[0]
        assert "As it is now" in window.main and "Locks this week, a camera next." in window.main
        form = Form(window, "Save the correction")
        assert form.given(asked) == ["Locks this week, and mediation."]
        form.send()
        window.one("main details summary").click()
        for text in ("Locks this week, and mediation.", "Locks this week, a camera next.", "Locks this week."):
            assert text in window.main
        assert not colleague.complaints()
    finally:
        colleague.quit()
    window.complaints()


class KeyboardWalk(Walk):
    """A case with no mouse."""

    def follow(self, text):
        self.reach(text)
        self.enter()

    def reach(self, *names):
        for _ in range(200):
            self.window.keys(Keys.TAB)
            focus = self.window.focus or {}
            if focus.get("name") in names:
                assert focus["marked"] and focus["seen"], f"it does not show that {focus} has the focus"
                return
        raise AssertionError(f"Tab does not come to {names} at {self.window.path}")

    def enter(self):
        page = self.window.one("html")
        self.window.keys(Keys.ENTER)
        self.window.gone(page)

    def overview(self):
        if self.window.path != self.address:
            self.follow("Overview" if self.window.all(".concord-parts") else self.reference)

    def part(self, name):
        if not self.window.all(".concord-parts"):
            self.overview()
        self.follow(name)

    def begin(self):
        self.window.open("/")
        for text in ("Cases", "Start a case", self.type.name):
            self.follow(text)
        self.send("Open the case", self.opening())
        self.address = self.window.path
        self.reference = self.window.one("main .govuk-caption-l").text.rsplit(", ", 1)[1]

    def close_action(self):
        self.part("Actions")
        self.follow(f"Close or hand on the action: {self.ACTION}")
        self.send("Close the action", {"How did it end?": "Done", "What came of it?": "They are well, and said so."})


def test_a_case_needs_no_mouse(belong):
    window = belong("health")
    walk = KeyboardWalk(window, "treatment", ["see", "start", "complete"], form=KeyboardForm, name="Oxlade")
    walk.begin()
    for code in walk.path:
        walk.step(code)
    assert "Closed" in [e.text for e in window.all("main dt")]
    walk.stands(walk.type.states["completed"])


def test_a_case_needs_no_scripts(site, people):
    window = Chromium(site, has_scripts=False)
    try:
        window.belong_to(people["advocate"])
        Walk(window, "womens-hub", ["welcome", "close"], name="Pinehurst").go()
    finally:
        window.quit()


def test_no_page_of_a_case_scrolls_sideways_at_320_pixels(belong):
    window = belong("officer")
    window.width(320)
    seen = {}

    def look():
        seen[window.path.rsplit("/", 1)[-1]] = window.overflowing()

    walk = Walk(window, "youth-diversion", ["screen", "offer", "engage", "end"], look=look, name="Quarrington").go()
    for part in ("People", "Panels", "Who sees it", "Record"):
        window.open(walk.address)
        walk.part(part)
    assert len(seen) > 12 and not [f"{page}: {wide}" for page, wide in seen.items() if wide]
