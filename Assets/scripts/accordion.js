// Sections that fold. Their headings become buttons; one more button opens or closes them all. What is folded is
// still found by the browser's search.

import { make, words } from "./words.js";

export default function accordion(element) {
    const say = words(element, {
        "hide-all-sections": "Hide all sections", "show-all-sections": "Show all sections", "hide-section": "Hide",
        "show-section": "Show", "hide-section-aria-label": "Hide this section",
        "show-section-aria-label": "Show this section",
    });
    const sections = [...element.querySelectorAll(".govuk-accordion__section")]
        .map((section) => build(section, say))
        .filter(Boolean);
    if (sections.length === 0) return;
    const all = control("govuk-accordion__show-all", "govuk-accordion__show-all-text");
    const controls = make("div", "govuk-accordion__controls");
    controls.append(all.button);
    element.prepend(controls);

    const showAll = () => {
        const isOpen = sections.every((section) => section.isOpen);
        all.button.setAttribute("aria-expanded", String(isOpen));
        all.text.textContent = say(isOpen ? "hide-all-sections" : "show-all-sections");
        turn(all.chevron, isOpen);
    };
    const set = (section, isOpen) => {
        section.show(isOpen);
        showAll();
    };
    for (const section of sections) {
        section.button.addEventListener("click", () => set(section, !section.isOpen));
        section.content.addEventListener("beforematch", () => set(section, true));
        section.show(section.isOpen || holdsTarget(section));
    }
    all.button.addEventListener("click", () => {
        const isOpen = !sections.every((section) => section.isOpen);
        sections.forEach((section) => section.show(isOpen));
        showAll();
    });
    addEventListener("hashchange", () => sections.filter(holdsTarget).forEach((section) => set(section, true)));
    showAll();
}

function holdsTarget({ content }) {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return Boolean(target && content.contains(target));
}

function turn(chevron, isOpen) {
    chevron.classList.toggle("govuk-accordion-nav__chevron--down", !isOpen);
}

function control(className, textClass) {
    const button = make("button", className);
    button.type = "button";
    const chevron = make("span", "govuk-accordion-nav__chevron");
    const text = make("span", textClass);
    button.append(chevron, text);
    return { button, chevron, text };
}

function build(element, say) {
    const old = element.querySelector(".govuk-accordion__section-button");
    const content = element.querySelector(".govuk-accordion__section-content");
    if (!old || !content) return null;
    const summary = element.querySelector(".govuk-accordion__section-summary");
    const { button, parts } = heading(old, summary);
    button.setAttribute("aria-controls", content.id);
    old.replaceWith(button);
    const name = [parts.heading.textContent, parts.summary?.textContent].filter(Boolean).map((text) => text.trim());

    const section = {
        button, content, isOpen: element.classList.contains("govuk-accordion__section--expanded"),
        show(isOpen) {
            section.isOpen = isOpen;
            element.classList.toggle("govuk-accordion__section--expanded", isOpen);
            if (isOpen) content.removeAttribute("hidden");
            else content.setAttribute("hidden", "until-found");
            parts.text.textContent = say(isOpen ? "hide-section" : "show-section");
            turn(parts.chevron, isOpen);
            button.setAttribute("aria-expanded", String(isOpen));
            const what = say(isOpen ? "hide-section-aria-label" : "show-section-aria-label");
            button.setAttribute("aria-label", [...name, what].join(" , "));
        },
    };
    return section;
}

function heading(old, oldSummary) {
    const button = make("button", "govuk-accordion__section-button");
    button.type = "button";
    button.id = old.id;
    const heading = make("span", "govuk-accordion__section-heading-text");
    const headingFocus = make("span", "govuk-accordion__section-heading-text-focus");
    headingFocus.append(...old.childNodes);
    heading.append(headingFocus);
    button.append(heading);
    let summary = null;
    if (oldSummary) {
        summary = make("span", "govuk-accordion__section-summary govuk-body");
        summary.append(...oldSummary.childNodes);
        oldSummary.remove();
        button.append(summary);
    }
    const toggle = make("span", "govuk-accordion__section-toggle");
    const focus = make("span", "govuk-accordion__section-toggle-focus");
    const chevron = make("span", "govuk-accordion-nav__chevron");
    const text = make("span", "govuk-accordion__section-toggle-text");
    focus.append(chevron, text);
    toggle.append(focus);
    button.append(toggle);
    return { button, parts: { heading, summary, chevron, text } };
}
