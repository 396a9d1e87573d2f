#!/usr/bin/env python3
"""Checks the style sheets and scripts in Assets in a real browser.

Lays out every example of every GOV.UK Frontend component, and Concord's own (own.html), under the strict content
security policy of the application, and looks at them at three widths, light and dark, on paper and in forced colours.
Ends with 1 when axe-core finds something, a page scrolls sideways, a script or the policy complains, or a script does
not do what it promises (behaviour.py).

Run by: .build/tools/venv/bin/python Tests/Assets/gallery.py [--shots FOLDER] [--font NAME]
"""

import argparse
import base64
import json
import os
import pathlib
import re
import sys

import behaviour
import serving
import sheets
from browser import Browser

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
FIXTURES = pathlib.Path(os.environ.get("GOVUK_FIXTURES", ROOT / "../shared/reference/govuk-frontend"))
WIDTHS = [320, 768, 1280]
PAGES = {
    "questions": "label hint error-message fieldset input textarea select file-upload password-input character-count "
                 "date-input",
    "choices": "radios checkboxes",
    "messages": "button error-summary notification-banner panel inset-text warning-text details tag",
    "lists": "table summary-list task-list accordion tabs",
    "frame": "header generic-header service-navigation phase-banner cookie-banner breadcrumbs back-link pagination "
             "skip-link exit-this-page footer",
}
# Many examples on one page break rules that hold for a page of its own, and some examples break rules on purpose.
NOT_FOR_GALLERIES = [
    "region", "heading-order", "page-has-heading-one", "landmark-unique", "landmark-no-duplicate-banner",
    "empty-heading",
    "landmark-no-duplicate-contentinfo", "landmark-banner-is-top-level", "skip-link", "landmark-one-main",
]
# Examples that a service would not contain: references to what is elsewhere, an order of focus.
ODD_EXAMPLES = {("button", "attributes"), ("notification-banner", "custom tabindex")}


def distinct(html, suffix):
    """The example with every id and reference to an id changed, so that it stands once on a page of many."""
    ids = set(re.findall(r'\bid="([^"]+)"', html))

    def change(match):
        changed = [f"{part}{suffix}" if part.lstrip("#") in ids else part for part in match[2].split(" ")]
        return f'{match[1]}="{" ".join(changed)}"'

    html = re.sub(r' style="[^"]*"', "", html)  # the policy refuses them, as it should
    names = "id|for|aria-controls|data-aria-controls|aria-describedby|aria-labelledby|href"
    html = re.sub(rf'(?<![\w-])({names})="([^"]*)"', change, html)
    return re.sub(r'(<input[^>]*\bname=")([^"]*)"', rf'\g<1>\g<2>{suffix}"', html)


def gallery(components):
    parts = []
    for component in components.split():
        examples = json.loads((FIXTURES / f"{component}.json").read_text())["fixtures"]
        parts.append(f'<h2 class="govuk-heading-l">{component}</h2>')
        for number, example in enumerate(examples):
            if (component, example["name"]) in ODD_EXAMPLES:
                continue
            parts.append(f'<p class="govuk-body-s">{serving.escape(example["name"])}</p>')
            parts.append(distinct(example["html"], f"-{component}-{number}"))
    return "\n".join(parts)


def pages():
    made = {"own": (HERE / "own.html").read_text()}
    if FIXTURES.is_dir():
        made |= {name: gallery(components) for name, components in PAGES.items()}
    else:
        print("The folder that GOVUK_FIXTURES names is not there: only Concord's own components are checked.")
    return {name: serving.page(name, body) for name, body in made.items()}


def look(browser, address, name, width, scheme, shots):
    """Complaints about one page at one width."""
    browser.show(address + name, width, scheme)
    found = [f"{name} {width} {scheme}: {line}" for line in browser.complaints()]
    found += [f"{name} {width} {scheme}: scrolls sideways: {what}" for what in browser.overflowing()]
    if scheme in ("light", "dark"):
        skipped = [] if name == "own" else NOT_FOR_GALLERIES
        found += [f"{name} {width} {scheme}: {line}" for line in browser.axe(skipped)]
    if shots:
        (shots / f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(browser.shot()))
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--shots", type=pathlib.Path, help="folder for pictures of the pages")
    options.add_argument("--font", default="", help="font in place of the system's")
    options.add_argument("--only", default="", help="names of pages, separated by commas")
    chosen = options.parse_args()
    if chosen.shots:
        chosen.shots.mkdir(parents=True, exist_ok=True)
    names = [name for name in pages() if not chosen.only or name in chosen.only.split(",")]
    found = sheets.check(ROOT, FIXTURES)
    with serving.Server(ROOT / "Assets", pages(), chosen.font) as server, Browser() as browser:
        for name in names:
            for width in WIDTHS:
                for scheme in ("light", "dark"):
                    found += look(browser, server.address, name, width, scheme, chosen.shots)
            found += look(browser, server.address, name, 768, "forced", chosen.shots)
            found += look(browser, server.address, name, 768, "print", chosen.shots)
        if not chosen.only:
            found += behaviour.check(browser, server)
    for line in found:
        print(line)
    print(f"{len(names)} pages, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
