"""Someone who asks the site without a browser: for what a test needs before it begins, and for files."""

import html.parser
import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request

from installation import PASSWORD, email


class Forms(html.parser.HTMLParser):
    """The forms of a page that change something: action, and the fields that they carry hidden."""

    def __init__(self, text):
        super().__init__()
        self.forms = []
        self.feed(text)

    def handle_starttag(self, tag, pairs):
        attributes = dict(pairs)
        if tag == "form":
            self.forms.append((attributes.get("action", ""), {}))
        elif tag == "input" and attributes.get("type") == "hidden" and self.forms:
            self.forms[-1][1][attributes["name"]] = attributes.get("value") or ""


class Answer:
    def __init__(self, response):
        self.status, self.headers, self.body = response.status, response.headers, response.read()
        self.url = response.url
        self.path = urllib.parse.urlsplit(self.url).path

    @property
    def text(self):
        return self.body.decode()


class Caller:
    def __init__(self, site, name=None):
        self.site, self.jar = site, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        if name:
            self.sign_in(name)

    def ask(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        try:
            with self.opener.open(urllib.parse.urljoin(self.site.address, path), data, timeout=120) as response:
                return Answer(response)
        except urllib.error.HTTPError as error:
            return Answer(error)

    def send(self, page, action, **fields):
        """Fills in the form of a page."""
        forms = [form for form in Forms(self.ask(page).text).forms if form[0].startswith(action)]
        assert forms, f"{page} has no form {action}"
        return self.ask(forms[0][0], forms[0][1] | fields)

    def sign_in(self, name):
        answer = self.send("/sign-in", "/sign-in", email=email(name), password=PASSWORD)
        if answer.path == "/sign-in/second-factor":
            answer = self.send(answer.path, answer.path, code=self.site.code(name))
        assert answer.path == "/" and answer.status == 200, f"{name} was not let in: {answer.path} {answer.status}"

    def make_assessment(self, title, first, last):
        """Makes a draft and waits for it."""
        answer = self.send("/assessment/new", "/assessment/new", title=title, **{"from": first, "to": last})
        until = time.monotonic() + 300
        while time.monotonic() < until:
            if re.fullmatch("/assessment/[0-9a-f-]{36}", answer.path):
                return answer.path
            assert answer.path.startswith("/assessment/jobs/"), answer.text
            time.sleep(0.3)
            answer = self.ask(answer.path)
        raise AssertionError("The assessment took longer than five minutes")

    def publish(self, version):
        answer = self.send(f"{version}/publish", f"{version}/publish")
        assert answer.path == version and answer.status == 200
