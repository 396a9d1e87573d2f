"""What can be said of the style sheets without a browser."""

import json
import re

# Marks of examples and of scripts, and parts that need no rule of their own.
UNSTYLED = re.compile(r"govuk-js-|my-|app-|custom|^(bold|myClass|extra-class|one-more-class|:.*|visually-hidden)$")
PLAIN = set("""
govuk-accordion__section-header govuk-checkboxes govuk-cookie-banner__content govuk-cookie-banner__heading
govuk-date-input__input govuk-fieldset__legend--s govuk-file-upload--error govuk-file-upload-wrapper
govuk-footer__list--columns-1 govuk-footer__meta-item govuk-footer__section govuk-grid-column-full
govuk-pagination__icon--next govuk-pagination__icon--prev govuk-pagination__link-title govuk-password-input govuk-radios
govuk-service-navigation__text govuk-table__body govuk-table__row hide-cookie-banner
""".split())


def rules(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.S)


def balance(name, text):
    """Complaints about braces: a stray one silently swallows the rule after it."""
    depth = 0
    for number, line in enumerate(text.split("\n"), 1):
        for character in re.sub(r'"[^"]*"', "", line):
            depth += {"{": 1, "}": -1}.get(character, 0)
            if depth < 0:
                return [f"{name}:{number}: a brace too many"]
        if depth == 0 and re.match(r"\s+[a-z-]+: [^{]*;$", line):
            return [f"{name}:{number}: a declaration outside of a rule"]
    return [f"{name}: a brace is missing"] if depth else []


def drawing_colours(root, sheet):
    """The dark colours of drawings are those of Theme.swift."""
    theme = (root / "Sources/Platform/Graphics/Theme.swift").read_text()
    dark = theme[theme.index("static let dark = "):theme.index("static let darkStyleSheet")]
    found = []
    for paint, colour in re.findall(r"\.(\w+): Colour\(0x(\w{6})\)", dark):
        full = f"#{colour.lower()}"
        short = "#" + full[1::2] if full[1::2] == full[2::2] else full
        for rule in (f".f-{paint} {{ fill: {short}; }}", f".s-{paint} {{ stroke: {short}; }}"):
            if rule not in sheet:
                found.append(f"drawings.css: lacks {rule}")
    return found


def check(root, fixtures):
    texts = {path.name: path.read_text() for path in sorted((root / "Assets/styles").glob("*.css"))}
    everything = "\n".join(rules(text) for text in texts.values())
    found = [line for name, text in texts.items() for line in balance(name, rules(text))]
    named = set(re.findall(r"^\s*(--[\w-]+):", everything, re.M))
    found += [f"{name} is used and nowhere set" for name in set(re.findall(r"var\((--[\w-]+)", everything)) - named]
    elsewhere = re.compile(r"url\(\s*['\"]?(https?:)?//")
    found += [f"{name}: names another origin" for name, text in texts.items() if elsewhere.search(text)]
    found += drawing_colours(root, texts["drawings.css"])
    if fixtures.is_dir():
        used = set()
        for path in fixtures.glob("*.json"):
            for example in json.loads(path.read_text())["fixtures"]:
                used |= {name for names in re.findall(r'class="([^"]*)"', example["html"]) for name in names.split()}
        styled = set(re.findall(r"\.([a-zA-Z](?:[\w-]|\\.)*)", everything))
        styled = {name.replace("\\", "") for name in styled}
        found += [f"no rule for .{name}" for name in sorted(used - styled - PLAIN) if not UNSTYLED.search(name)]
    return found
