"""A meeting in a room without a network: its pack taken as one file, opened from the disk, written in, and what was
written brought back into the minutes."""

import datetime
import time

import pytest

from chromium import Chromium
from forms import Form, errors, send
from test_panels import DAY, Marac, belong, follow, people  # noqa: F401

# As warm as any, and after the meetings of the other tests.
LATER = DAY + datetime.timedelta(days=7)
SAID = "He was seen at the school gate on Monday"
SAFETY = "She is reached through the library on Fridays alone"
ACTION = "Visit her at work with the advocate"
OPENED = "document.getElementById('pack') && !document.getElementById('pack').hidden"
WARNS = "const e = new Event('beforeunload', {cancelable: true}); dispatchEvent(e); return e.defaultPrevented"


@pytest.fixture
def room(site):
    """A browser that has no network and nobody's session."""
    room = Chromium(site)
    room.driver.execute_cdp_cmd("Network.enable", {})
    room.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {
        "offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1})
    yield room
    room.quit()


def downloads(window, folder):
    window.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})


def downloaded(folder, ending):
    """The file that was saved there last, once it is whole."""
    until = time.monotonic() + 30
    while True:
        found = sorted(folder.glob(f"*{ending}"), key=lambda path: path.stat().st_mtime)
        if found and not list(folder.glob("*.crdownload")):
            return found[-1]
        assert time.monotonic() < until, f"no file {ending} came"
        time.sleep(0.1)


def click(window, text, within="main"):
    """Presses a button that leads to no other page."""
    found = [e for e in window.all(f"{within} button") if e.text.strip() == text]
    assert found, f"no button “{text}”"
    window.js("arguments[0].scrollIntoView({block: 'center'})", found[0])
    found[0].click()


def write(window, button, answers):
    Form(window, button).fill(answers, rest=False)
    click(window, button)


def in_session(belong):
    marac = Marac(belong, LATER, "Larchfield")
    marac.refer()
    marac.prepare()
    marac.step("Close the research")
    window = belong("coordinator")
    window.open(marac.meeting)
    send(window, "Go on", {
        "What comes next": "Begin the meeting", "Why? (where the step asks)": "It cannot wait"}, rest=False)
    return marac


def take_offline(window, marac, folder):
    window.open(f"{marac.meeting}/pack")
    follow(window, "Take the meeting offline")
    passphrase = window.one("main code").text
    assert not window.look_at_page()
    downloads(window, folder)
    form = Form(window, "Download the file")
    form.click(form.questions[0], "I have written the passphrase down")
    click(window, "Download the file")
    pack = downloaded(folder, ".html")
    text = pack.read_text()
    for word in (marac.case, "MARAC", "Zephyrine", "Larchfield", passphrase, passphrase.replace("-", ""), "://"):
        assert word not in text, word
    return pack, passphrase


def test_a_meeting_is_taken_into_a_room_without_a_network_and_its_notes_come_back(belong, room, tmp_path):  # noqa: F811
    marac = in_session(belong)
    window = belong("coordinator")
    pack, passphrase = take_offline(window, marac, tmp_path)

    room.open(pack.as_uri())
    assert room.heading == "Meeting pack" and not room.look_at_page()
    write(room, "Open the pack", {"Passphrase": "2222-2222-2222-2222-2222"})
    room.until("document.getElementById('passphrase-error')", "a wrong passphrase is refused")
    assert marac.case not in room.driver.page_source
    write(room, "Open the pack", {"Passphrase": passphrase.lower().replace("-", " ")})
    room.until(OPENED, "the pack opens")
    assert marac.case in room.main and room.focus["id"] == "heading"
    for summary in room.all("summary"):
        summary.click()
    click(room, "Add the line")
    click(room, "Add the action")
    assert "Enter what was said" in room.main and "Choose the person who does it" in room.main
    assert not room.look_at_page()

    day = datetime.date.today() + datetime.timedelta(days=9)
    write(room, "Add the line", {"What was said?": SAID})
    write(room, "Add the line", {
        "What was said?": SAFETY, "How sensitive is it?": "Safety: where someone is, how to reach them"})
    write(room, "Add the action", {
        "What is to be done?": ACTION, "Or someone else’s e-mail address here": "officer@obbwade.example",
        "By when?": day})
    assert all(text in room.main for text in (SAID, SAFETY, ACTION)) and "3 of them not saved" in room.main
    assert room.js(WARNS) and not room.look_at_page()
    downloads(room, tmp_path)
    click(room, "Save the notes", "#saving")
    notes = downloaded(tmp_path, ".json")
    room.until("document.querySelector('[role=status]').textContent.includes('all saved')", "the notes are saved")
    assert not room.js(WARNS)
    sealed = notes.read_text()
    assert not any(text in sealed for text in (SAID, SAFETY, ACTION, marac.case))
    asked = [line for line in room.complaints() if not line.startswith("asked another origin: file:///")]
    assert not asked, asked

    def bring(file, typed=passphrase):
        window.open(marac.meeting)
        follow(window, "Bring notes from the room")
        window.one("main input[type=file]").send_keys(str(file))
        Form(window, "Open the notes").fill({"The passphrase": typed}, rest=False).send()

    bring(notes, "2222-2222-2222-2222-2222")
    assert "The file does not open" in " ".join(errors(window))
    bring(notes)
    assert window.heading == "Notes from the room" and not window.look_at_page()
    send(window, "Add to the minutes", rest=False)
    assert "3 notes were added to the minutes" in window.main
    window.open(f"{marac.meeting}/minutes")
    assert all(text in window.main for text in (SAID, SAFETY, ACTION))
    bring(notes)
    assert "nothing in these notes that can be added" in window.main
    window.complaints()

    # What keeps her safe stays on her side, however it came into the minutes.
    window = belong("probation")
    window.open(marac.meeting)
    marac.accept(window)
    window.open(f"{marac.meeting}/minutes")
    assert SAID in window.main and SAFETY not in window.driver.page_source
    window.open(f"{marac.meeting}/offline")
    assert window.heading == "You do not have access to this"
    window = belong("officer")
    window.open("/")
    assert ACTION in window.main
    window.complaints()
