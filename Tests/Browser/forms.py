"""Reading a form and filling it in as a person does: question by question, by what is written above each."""

import datetime

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from caller import Caller
from installation import COLLEAGUES, PEOPLE

# The questions of a form that are shown, in their order: what is asked, what can be answered, and what is already.
QUESTIONS = r"""
const text = element => (element?.textContent ?? '').trim().replace(/\s+/g, ' ');
const label = control => text(document.querySelector(`label[for="${CSS.escape(control.id)}"]`));
const questions = new Map();
for (const control of arguments[0].querySelectorAll('input, textarea, select')) {
    if (control.type === 'hidden' || control.offsetParent === null) continue;
    const day = control.closest('.govuk-date-input');
    const chosen = control.type === 'radio' || control.type === 'checkbox';
    const legend = text(control.closest('fieldset')?.querySelector(':scope > legend'));
    const key = day ? day.id : chosen ? control.name : control.id;
    if (!questions.has(key)) {
        questions.set(key, {
            asks: day || chosen ? legend : label(control), within: day || chosen ? '' : legend,
            kind: day ? 'day' : chosen || control.tagName === 'SELECT' ? control.type : control.type === 'textarea'
                ? 'text' : control.inputMode === 'decimal' || control.inputMode === 'numeric' ? 'number' : 'line',
            ids: [], choices: [], given: [],
        });
    }
    const question = questions.get(key);
    question.ids.push(control.id);
    if (chosen) question.choices.push(label(control));
    if (control.tagName === 'SELECT') question.choices = [...control.options].filter(o => o.value).map(o => text(o));
    if (chosen ? control.checked : control.value) question.given.push(chosen ? label(control) : control.value);
}
return [...questions.values()];
"""
OPTIONAL = " (optional)"
NAMES = ("Given name", "Family name")
ANEW = "None of these: record them anew"
# What someone might write, none of it of anyone.
SENTENCES = (
    "Told at the visit on Tuesday, and written down the same day.",
    "Seen by two colleagues; the neighbours say the same.",
    "Agreed with everyone who was asked, and looked at again in two weeks.",
    "The second time in a month, and louder than the first.",
)


class Question:
    def __init__(self, found):
        self.asks, self.within, self.kind = found["asks"], found["within"], found["kind"]
        self.ids, self.choices, self.given = found["ids"], found["choices"], found["given"]

    @property
    def label(self):
        return self.asks.removesuffix(OPTIONAL)

    @property
    def is_optional(self):
        return self.asks.endswith(OPTIONAL) or not self.asks

    def is_called(self, label):
        """Whether it is the question of this label, or of the part of the form and the label: “Victim: Given name”."""
        return label in (self.label, f"{self.within}: {self.label}")

    def likely(self):
        """An answer that anyone could give."""
        if self.kind in ("radio", "select-one"):
            return "Yes" if "Yes" in self.choices else self.choices[0]
        if self.kind == "checkbox":
            return [self.choices[0]]
        if self.kind == "day":
            return datetime.date.today()
        if self.kind == "number":
            return "2"
        return SENTENCES[len(self.label) % len(SENTENCES)] if self.kind == "text" else "Robin Marsh, duty desk"


class Form:
    """A form of the page shown, the one with the button of this text."""

    def __init__(self, window, button):
        found = [form for form in window.all("main form") if button in self.buttons(form)]
        assert found, f"no form with the button “{button}” at {window.path}: {window.heading}"
        self.window, self.button, self.element = window, button, found[0]

    @staticmethod
    def buttons(form):
        return [e.text.strip() for e in form.find_elements(By.CSS_SELECTOR, "button")]

    @property
    def questions(self):
        return [Question(found) for found in self.window.js(QUESTIONS, self.element)]

    def question(self, label):
        found = [question for question in self.questions if question.is_called(label)]
        assert found, f"“{label}” is not asked at {self.window.path}"
        return found[0]

    def fill(self, answers=None, rest=True):
        """Answers what is named, and with `rest` whatever else must be answered."""
        answers = dict(answers or {})
        for question in self.questions:
            named = [label for label in answers if question.is_called(label)]
            if named:
                self.give(question, answers.pop(named[0]))
            elif rest and not question.is_optional and not question.given and question.choices != [ANEW]:
                self.give(question, question.likely())
        assert not answers, f"not asked at {self.window.path}: {list(answers)}"
        return self

    def give(self, question, answer):
        if question.kind == "radio":
            self.click(question, answer)
        elif question.kind == "checkbox":
            for choice in [answer] if isinstance(answer, str) else answer:
                self.click(question, choice)
        elif question.kind == "select-one":
            self.window.choose(question.ids[0], answer)
        elif question.kind == "day":
            for id, part in zip(question.ids, (answer.day, answer.month, answer.year)):
                self.window.type(id, str(part))
        else:
            self.window.type(question.ids[0], answer)

    def click(self, question, choice):
        assert choice in question.choices, f"{self.window.path}: {question.label}: {question.choices}, no “{choice}”"
        self.window.one(f"label[for='{question.ids[question.choices.index(choice)]}']").click()

    def send(self):
        """Presses the form's button and waits for what comes."""
        button = [e for e in self.element.find_elements(By.CSS_SELECTOR, "button") if e.text.strip() == self.button]
        press(self.window, button[0])

    def given(self, label):
        return self.question(label).given


class KeyboardForm(Form):
    """The same by the keyboard alone."""

    def reach(self, id):
        for _ in range(150):
            self.window.keys(Keys.TAB)
            focus = self.window.focus
            if focus is None:
                continue
            assert focus["marked"] and focus["seen"], f"it does not show that {focus} has the focus"
            if focus["id"] == id:
                return
        raise AssertionError(f"Tab does not come to {id} at {self.window.path}")

    def write(self, *keys):
        self.window.driver.switch_to.active_element.send_keys(*keys)

    def give(self, question, answer):
        if question.kind == "radio":
            # One of a group has the focus: the first, or what is chosen.
            self.reach(question.ids[0])
            self.window.keys(*[Keys.ARROW_DOWN] * question.choices.index(answer) or [Keys.SPACE])
        elif question.kind == "checkbox":
            for choice in answer:
                self.reach(question.ids[question.choices.index(choice)])
                self.window.keys(Keys.SPACE)
        elif question.kind == "select-one":
            self.reach(question.ids[0])
            self.write(answer)
        elif question.kind == "day":
            for id, part in zip(question.ids, (answer.day, answer.month, answer.year)):
                self.reach(id)
                self.write(Keys.CONTROL, "a")
                self.write(str(part))
        else:
            self.reach(question.ids[0])
            self.write(answer)

    def send(self):
        page = self.window.one("html")
        for _ in range(60):
            self.window.keys(Keys.TAB)
            if (self.window.focus or {}).get("name") == self.button:
                self.window.keys(Keys.ENTER)
                return self.window.gone(page)
        raise AssertionError(f"Tab does not come to “{self.button}” at {self.window.path}")


def press(window, element):
    """Scrolls to what leads to another page, and presses it. Of a button at the window's edge a sliver shows, which
    sinks out of sight when it is pressed; and the way out of the page covers what is at the top of a narrow one."""
    window.js("arguments[0].scrollIntoView({block: 'center'})", element)
    window.press_element(element)


def errors(window):
    return [link.text for link in window.all(".govuk-error-summary li")]


def send(window, button, answers=None, rest=True, form=Form):
    """Fills in the form with this button and sends it. A name that resembles a recorded one is looked at; it is new."""
    form_shown = form(window, button).fill(answers, rest)
    form_shown.send()
    if any("recorded already" in error for error in errors(window)):
        again = form(window, button)
        again.fill({question.asks: ANEW for question in again.questions if ANEW in question.choices}, rest=False).send()
    assert not errors(window), f"{window.path}, {window.heading}: {errors(window)}"


def everyone(site):
    """All demo people, signed in anew: a second factor is asked for again when the last one is some minutes old."""
    return {name: Caller(site, name) for name in [*PEOPLE, *COLLEAGUES]}
