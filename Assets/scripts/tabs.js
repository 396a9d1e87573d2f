// On a wide window, tabs; the arrow keys move between them. On a narrow one they stay a list of contents.

export default function tabs(element) {
    const links = [...element.querySelectorAll("a.govuk-tabs__tab")];
    const pairs = links
        .map((link) => ({ link, panel: document.getElementById(idOf(link)) }))
        .filter((pair) => pair.panel);
    if (pairs.length === 0) return;
    const wide = window.matchMedia("(min-width: 40em)");
    const view = { element, pairs, list: element.querySelector(".govuk-tabs__list"), isOn: false };

    element.addEventListener("click", (event) => {
        const pair = view.isOn && pairs.find(({ link }) => link === event.target.closest("a"));
        if (!pair) return;
        event.preventDefault();
        select(view, pair);
        history.pushState(null, "", `#${pair.panel.id}`);
    });
    element.addEventListener("keydown", (event) => view.isOn && step(view, event));
    addEventListener("popstate", () => view.isOn && select(view, named(pairs) ?? pairs[0]));
    addEventListener("hashchange", () => view.isOn && select(view, named(pairs) ?? pairs[0]));

    const update = () => (wide.matches ? turnOn(view) : turnOff(view));
    wide.addEventListener("change", update);
    update();
}

function idOf(link) {
    return decodeURIComponent(link.hash.slice(1));
}

function named(pairs) {
    const id = decodeURIComponent(location.hash.slice(1));
    return pairs.find(({ panel }) => panel.id === id);
}

function turnOn(view) {
    view.isOn = true;
    view.list.setAttribute("role", "tablist");
    for (const item of view.list.children) item.setAttribute("role", "presentation");
    for (const { link, panel } of view.pairs) {
        link.id ||= `tab_${panel.id}`;
        link.setAttribute("role", "tab");
        link.setAttribute("aria-controls", panel.id);
        panel.setAttribute("role", "tabpanel");
        panel.setAttribute("aria-labelledby", link.id);
    }
    const marked = view.pairs.find(({ link }) => link.closest(".govuk-tabs__list-item--selected"));
    select(view, named(view.pairs) ?? marked ?? view.pairs[0]);
}

function turnOff(view) {
    view.isOn = false;
    view.list.removeAttribute("role");
    for (const item of view.list.children) item.removeAttribute("role");
    for (const { link, panel } of view.pairs) {
        for (const name of ["role", "aria-controls", "aria-selected", "tabindex"]) link.removeAttribute(name);
        for (const name of ["role", "aria-labelledby"]) panel.removeAttribute(name);
        panel.classList.remove("govuk-tabs__panel--hidden");
    }
}

function select(view, chosen) {
    view.chosen = chosen;
    for (const pair of view.pairs) {
        const isChosen = pair === chosen;
        pair.link.setAttribute("aria-selected", String(isChosen));
        pair.link.setAttribute("tabindex", isChosen ? "0" : "-1");
        pair.link.closest(".govuk-tabs__list-item")?.classList.toggle("govuk-tabs__list-item--selected", isChosen);
        pair.panel.classList.toggle("govuk-tabs__panel--hidden", !isChosen);
    }
}

function step(view, event) {
    if (!event.target.closest('[role="tab"]')) return;
    const at = view.pairs.indexOf(view.chosen);
    const last = view.pairs.length - 1;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (next === undefined || next < 0 || next > last) return;
    event.preventDefault();
    select(view, view.pairs[next]);
    view.chosen.link.focus();
    history.replaceState(null, "", `#${view.chosen.panel.id}`);
}
