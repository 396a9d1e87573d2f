"""One installation for all tests, with one published assessment and one draft in it."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from caller import Caller  # noqa: E402
from chromium import Chromium  # noqa: E402
from installation import PEOPLE, Installation  # noqa: E402


def pytest_addoption(parser):
    parser.addoption("--postgresql", action="store_true", help="on PostgreSQL instead of SQLite")


def pytest_configure(config):
    config.notes = []


def pytest_terminal_summary(terminalreporter, config):
    for note in config.notes:
        terminalreporter.write_line(note)


@pytest.fixture(scope="session")
def site(request):
    site = Installation(request.config.getoption("--postgresql"))
    yield site
    site.remove()


@pytest.fixture(scope="session")
def callers(site):
    """Everyone, signed in."""
    return {name: Caller(site, name) for name in PEOPLE}


@pytest.fixture(scope="session")
def published(callers):
    version = callers["analyst"].make_assessment("Strategic assessment 2024", "2024-01", "2024-12")
    callers["lead"].publish(version)
    return version


@pytest.fixture(scope="session")
def draft(callers, published):
    return callers["analyst"].make_assessment("Strategic assessment 2025", "2025-01", "2025-12")


@pytest.fixture(scope="module")
def window(site):
    """A Chromium for one file's tests."""
    window = Chromium(site)
    yield window
    window.quit()


@pytest.fixture
def nobody(window):
    """The same, nobody's."""
    window.driver.get("about:blank")
    window.belong_to(None)
    window.width(1280)
    window.emulate()
    window.complaints()
    yield window
    complaints = window.complaints()
    assert not complaints, complaints


@pytest.fixture
def as_person(nobody, callers):
    """The same, with the session of a person whose name is given."""
    def belong_to(name):
        nobody.belong_to(callers[name])
        return nobody
    return belong_to
