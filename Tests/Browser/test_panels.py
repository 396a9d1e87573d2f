"""A panel from referral to approved minutes, an order from draft to end, and a case review from application to outcome,
each in the browser by those who do it."""

import datetime

import pytest

from forms import Form, everyone, send
from test_cases import Walk

MARAC = "Domestic abuse MARAC"
# Far enough ahead for the referrals' and the research's last days, and later than the demo's own meetings.
DAY = datetime.date.today() + datetime.timedelta(days=52)
# What only the victim's side may read: as the advocate returns it, and as it is minuted.
RETURNED = "She sleeps at her sister’s above the bakery until the locks are changed"
MINUTED = "The school lets her in by the side gate at a quarter past eight"
KNOWN = {
    "advocate": ("Zephyrine", RETURNED, "Safety: where someone is, how to reach them", "The victim’s side"),
    "probation": ("Quillon", "Missed his last two appointments", "Ordinary", "The side of who harms"),
}
ACTION = "Change the locks at the back door"


def in_words(day):
    return f"{day.day} {day:%B} {day.year}"


def menu(window, text):
    window.open("/")
    window.press_element(window.one(f".govuk-service-navigation__list a[href='/{text.lower()}']"))


def follow(window, text):
    """Follows the link of the page itself that says this or begins so."""
    links = [e for e in window.all("main a") if e.text.startswith(text)]
    assert links, f"no link “{text}” at {window.path}: {[e.text for e in window.all('main a')]}"
    window.press_element(links[0])


def row(window, *words):
    """The first row that says all of these."""
    rows = [row for row in window.all("main tbody tr") if all(word in row.text for word in words)]
    assert rows, f"no row with {words} at {window.path}"
    return rows[0]


def follow_in(window, *words):
    window.press_element(row(window, *words).find_element("css selector", "a"))


@pytest.fixture(scope="module")
def people(site):
    return everyone(site)


@pytest.fixture
def belong(nobody, people):
    def belong_to(name):
        nobody.belong_to(people[name])
        return nobody
    return belong_to


class Marac:
    """The way of one case through one meeting."""

    def __init__(self, belong, day=DAY, name="Fenwright"):
        self.belong, self.day, self.name = belong, day, name

    def refer(self):
        window = self.belong("police")
        case = Walk(window, "marac", [], name=self.name)
        case.begin()
        case.satisfy({"gate": "party", "party": "perpetrator"}, None)
        case.part("Panels")
        follow(window, f"Refer to the {MARAC}")
        button = "Refer the case"
        why = {"What should the panel know first?": "The third call in a month."}
        Form(window, button).fill(why, rest=False).send()
        assert window.driver.title.startswith("Error: ")
        assert Form(window, button).given("What should the panel know first?") == ["The third call in a month."]
        send(window, button, {
            "Why does it come?": "Professional judgement: the risk is high whatever the score",
            "Who is the victim?": f"Zephyrine {self.name}", "Who is said to do harm?": f"Quillon {self.name}",
            "When did the incident happen that leads to this?": datetime.date.today() - datetime.timedelta(days=3),
            "Was it a crime?": "Yes"}, rest=False)
        self.referral, self.case = window.path, case.reference
        assert window.path.startswith("/referrals/")

    def prepare(self):
        window = self.belong("coordinator")
        menu(window, "Panels")
        follow(window, MARAC)
        window.press("Call a meeting")
        send(window, "Call the meeting", {
            "Which day?": self.day, "When does it begin?": "10:00", "When does it end?": "12:30"})
        assert window.path.startswith("/meetings/") and window.heading.endswith(in_words(self.day))
        self.meeting = window.path
        window.open("/")
        window.press_element(next(e for e in window.all("main a") if e.get_attribute("href").endswith(self.referral)))
        send(window, "Answer", {"Your answer": "Accept it: it will be heard"}, rest=False)
        form = Form(window, "Put it on the agenda")
        meeting = next(c for c in form.question("Which meeting?").choices if in_words(self.day) in c)
        send(window, "Put it on the agenda", {"Which meeting?": meeting}, rest=False)
        assert window.path == self.meeting
        self.accept(window)
        self.item = row(window, self.case).find_element("css selector", "a").get_attribute("href")
        assert row(window, self.case).text.startswith("10:0")
        self.step("Publish the agenda")

    def accept(self, window):
        assert self.case not in window.main, "the items are open before confidentiality is accepted"
        window.press("I accept this for the meeting")
        assert self.case in window.main

    def step(self, text, window=None):
        window = window or self.belong("coordinator")
        window.open(self.meeting)
        send(window, "Go on", {"What comes next": text}, rest=False)

    def research(self, name):
        """Accepts confidentiality and answers for each person, from the work of today."""
        window = self.belong(name)
        window.open("/")
        follow_in(window, in_words(self.day))
        self.accept(window)
        follow(window, "What your agency knows")
        asked = [row.find_element("css selector", "a").get_attribute("href")
                 for row in window.all("main #people tbody tr") if "To answer" in row.text]
        assert asked, f"{name} is asked about nobody"
        known = KNOWN.get(name)
        for address in asked:
            window.press_element(window.one(f"main a[href$='{address.split('/', 3)[3]}']"))
            if not known or known[0] not in window.heading:
                send(window, "Save the answer", {"Does your agency know them?": "Not known"}, rest=False)
                window.press("Tell the meeting that they are not known")
                continue
            first, text, depth, side = known
            send(window, "Save the answer", {
                "Does your agency know them?": "Known", "Line 1: What is it?": text,
                "Line 1: How sensitive is it?": depth, "Line 1: On whose side is it?": side}, rest=False)
            send(window, "Release", {"What may the meeting have?": [text]}, rest=False)
            assert window.path.endswith("/research")
        assert "To answer" not in window.main

    def sit(self):
        window = self.belong("chair")
        window.open(self.meeting)
        self.accept(window)
        window = self.belong("coordinator")
        window.open(f"{self.meeting}/attendance")
        form = Form(window, "Save")
        send(window, "Save", {q.asks: "Present" for q in form.questions if "Present" in q.choices}, rest=False)
        assert "No quorum" not in window.main and "Quorum" in window.main
        self.step("Begin the meeting")
        follow_in(window, self.case)
        send(window, "Add the line", {
            "What was said?": MINUTED, "How sensitive is it?": KNOWN["advocate"][2]}, rest=False)
        send(window, "Add the action", {
            "What is to be done?": ACTION, "Or someone else’s e-mail address here": "officer@obbwade.example",
            "By when?": datetime.date.today() + datetime.timedelta(days=7)}, rest=False)
        assert MINUTED in window.main
        send(window, "Save the decision", {
            "What is decided?": "She stays at home with new locks and a named officer", "The risk as it came": "High",
            "The risk as it is left": "Medium"}, rest=False)
        self.step("End the meeting")

    def approve(self):
        window = self.belong("coordinator")
        window.open(self.meeting)
        assert "Approve the minutes" not in window.main, "who called the meeting approves nothing"
        window = self.belong("chair")
        window.open(self.meeting)
        follow(window, "Minutes")
        assert MINUTED in window.main
        self.step("Approve the minutes", window)
        assert "Minutes approved" in window.main

    @property
    def pages(self):
        parts = ("minutes", "pack", "research", "attendance")
        return [self.meeting, self.item, *(f"{self.meeting}/{part}" for part in parts)]


def test_a_case_goes_from_referral_to_approved_minutes_and_its_action_is_done(belong):
    marac = Marac(belong)
    marac.refer()
    marac.prepare()
    window = belong("officer")
    window.open(marac.meeting)
    assert window.heading == "Page not found"
    for name in ("police", "advocate", "probation", "health", "housing"):
        marac.research(name)
    marac.step("Close the research")
    marac.sit()
    marac.approve()

    # What keeps the victim safe reaches her side, and no page of the meeting tells it to the other.
    window = belong("advocate")
    window.open(f"{marac.meeting}/minutes")
    assert RETURNED in window.main and MINUTED in window.main
    window = belong("probation")
    for page in marac.pages:
        window.open(page)
        source = window.driver.page_source
        assert RETURNED not in source and MINUTED not in source, page
    window.complaints()

    window = belong("officer")
    window.open("/")
    follow(window, ACTION)
    send(window, "Close the action", {"How did it end?": "Done", "What came of it?": "The locksmith came on Friday."})
    assert "Done" in window.main and "The locksmith came on Friday." in window.main
    window.open("/")
    assert ACTION not in window.main
    window.open(marac.meeting)
    source = window.driver.page_source
    for text in (marac.case, RETURNED, MINUTED):
        assert text not in source, "whoever holds an action sees nothing else that the meeting heard"
    window.complaints()

    window = belong("coordinator")
    menu(window, "Panels")
    follow(window, MARAC)
    follow(window, "What the panel heard")
    send(window, "Count", {"First day": DAY, "Last day": DAY}, rest=False)
    counts = {cells[0].text: cells[1].text for cells in (
        row.find_elements("css selector", "th, td") for row in window.all("main tbody tr")) if len(cells) == 2}
    assert (counts["Meetings"], counts["Cases heard"], counts["Repeats among them"]) == ("1", "1", "0"), counts


def test_an_order_goes_from_draft_to_its_end(belong):
    window = belong("officer")
    menu(window, "Cases")
    follow(window, "Enforcement register")
    window.press("Record an order")
    follow(window, "Warning letter")
    send(window, "Record the draft", {
        "What is it about?": "A person", "Who is it about?: Given name": "Zephyrine",
        "Who is it about?: Family name": "Holloway", "Who issues it or applies for it?": "Local authority"}, rest=False)
    order = window.path
    assert order.startswith("/orders/") and window.heading == "Zephyrine Holloway"
    for move, answers in (
        ("Authorise it", {"Who authorised it?": "A. Moss, team leader"}),
        ("Record that it was served", {
            "How?": "By hand", "By whom?": "O. Quinn, case officer", "Where?": "At the door",
            "What proves it?": "A signature"}),
        ("Record a review", {}),
        ("End it early", {}),
    ):
        follow(window, move)
        send(window, move, answers, rest=False)
        assert window.path == order, f"{move}: {window.path}"
    assert "Discharged" in window.main
    assert not [e for e in window.all(".govuk-task-list a") if e.text in ("Record a review", "End it early")]
    window = belong("health")
    window.open(order)
    assert window.heading == "Page not found"
    window.complaints()


def write(window, what, answers=None):
    follow(window, what)
    send(window, "Save", answers)


def decide(window, step, state, answers=None):
    follow(window, step)
    send(window, step, answers)
    assert window.one("main h1 + p").text == state


def test_a_case_review_goes_from_application_to_outcome(belong, nobody):
    window = belong("officer")
    menu(window, "Cases")
    follow(window, "Antisocial behaviour case reviews")
    window.press("Take an application")
    send(window, "Take the application", {
        "What will you know it by?": "Walked review of the yard", "Victim: Given name": "Zephyrine",
        "Victim: Family name": "Ashgrove", "Who applies?": "The victim"})
    review = window.path
    reference = window.one("main .govuk-caption-l").text.rsplit(", ", 1)[1]
    decide(window, "It was acknowledged", "Acknowledged")
    write(window, "Consent, area and subject", {"Was the same behaviour reviewed before?": "No"})
    decide(window, "It can be decided", "Can be decided")
    follow(window, "Complaints, and the count")
    for weeks in (3, 7, 11):
        day = datetime.date.today() - datetime.timedelta(weeks=weeks)
        write(window, "Write down a complaint", {
            "On which day did it happen, or begin?": day, "On which day was the complaint made?": day})
    window.press("Keep this count")
    window.open(review)
    decide(window, "Ask every body for its records", "Records asked for")
    decide(window, "Threshold met", "Threshold met")
    write(window, "How the victim takes part")
    decide(window, "Arrange the review", "Review arranged")
    decide(window, "It was reviewed", "Reviewed")
    write(window, "Recommendation to a body")
    write(window, "Answer of a body")
    write(window, "What the victim says about the plan")
    decide(window, "The outcome was sent", "Outcome sent")
    nobody.belong_to(None)
    window.open("/case-reviews/published")
    assert window.heading == "Antisocial behaviour case reviews: yearly figures"
    assert reference not in window.driver.page_source and "Walked review" not in window.driver.page_source
    window.open(review)
    assert window.path == "/sign-in"
