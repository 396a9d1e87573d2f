// The list of areas beside the map: what the pointer does on the map, the keyboard does here. A row belongs to an area
// by data-area="CODE", or, in a table, by the area's name in its first cell.

import { make } from "./words.js";

export function beginList(list, areas, fields, show) {
    const rows = rowsOf(list, areas, fields);
    for (const [code, row] of rows) {
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
            if (!row || list.scrollHeight <= list.clientHeight) return;
            const distance = row.getBoundingClientRect().top - list.getBoundingClientRect().top;
            list.scrollBy({ top: distance - list.clientHeight / 3 });
        },
    };
}

function rowsOf(list, areas, fields) {
    const found = new Map();
    const all = list ? [...list.querySelectorAll("[data-area], tbody tr")] : [];
    for (const { properties } of areas.features) {
        const code = String(properties[fields.id]);
        const name = String(properties[fields.name]).trim();
        const row = all.find((row) => row.dataset.area === code)
            ?? all.find((row) => row.cells?.[0]?.textContent.trim() === name);
        if (row) found.set(code, row);
    }
    return found;
}

// A row without a link: its name becomes a button that shows the area on the map.
function makeHandle(row) {
    const name = row.firstElementChild ?? row;
    const button = make("button", "");
    button.type = "button";
    button.append(...name.childNodes);
    name.append(button);
    return button;
}
