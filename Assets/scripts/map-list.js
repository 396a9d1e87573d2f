// The list of areas beside the map. Its rows have data-area="CODE"; all that the pointer does on the map, the
// keyboard does here.

import { make } from "./words.js";

export function beginList(element, areas, show) {
    const rows = new Map();
    for (const row of element.querySelectorAll(".concord-map__list [data-area]")) {
        const code = row.dataset.area;
        if (!areas.has(code)) continue;
        rows.set(code, row);
        const handle = row.querySelector("a, button") ?? makeHandle(row);
        handle.addEventListener("focus", () => show(code));
        handle.addEventListener("blur", () => show(null));
        handle.addEventListener("keydown", (event) => event.key === "Escape" && show(null));
        if (handle instanceof HTMLButtonElement) handle.addEventListener("click", () => show(code, { move: true }));
        row.addEventListener("pointerenter", () => show(code));
        row.addEventListener("pointerleave", () => show(null));
    }
    let marked = null;
    return {
        mark(code) {
            marked?.classList.remove("is-current");
            marked = rows.get(code);
            marked?.classList.add("is-current");
        },
        // Scrolls the list, never the page.
        reveal(code) {
            const row = rows.get(code);
            const list = row?.closest(".concord-map__list");
            if (!list || list.scrollHeight <= list.clientHeight) return;
            const distance = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
            list.scrollBy({ top: distance - list.clientHeight / 3 });
        },
    };
}

// A row without a link: its name becomes a button that shows the area on the map.
function makeHandle(row) {
    const name = row.querySelector("th, .concord-map__name") ?? row.firstElementChild ?? row;
    const button = make("button", "");
    button.type = "button";
    button.append(...name.childNodes);
    name.append(button);
    return button;
}
