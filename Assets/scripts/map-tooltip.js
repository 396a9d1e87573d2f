// The name and figure of the current area, beside it on the map. Its text is in the list too.

import { make } from "./words.js";

export function makeTooltip(element, chart, fields) {
    const box = element.querySelector(".concord-map__tooltip") ?? make("div", "concord-map__tooltip");
    element.append(box);
    box.hidden = true;
    box.setAttribute("aria-hidden", "true");
    let place = null;

    const position = () => {
        if (!place) return;
        const { x, y } = chart.project(place());
        const { clientWidth, clientHeight } = element;
        const left = x + 14 + box.offsetWidth > clientWidth ? x - 14 - box.offsetWidth : x + 14;
        const top = y + 14 + box.offsetHeight > clientHeight ? y - 14 - box.offsetHeight : y + 14;
        box.style.left = `${Math.max(0, left)}px`;
        box.style.top = `${Math.max(0, top)}px`;
    };
    chart.on("move", position);

    return {
        show({ properties }, at) {
            place = at;
            const text = properties[fields.text] ?? properties[fields.value] ?? "No figure";
            box.replaceChildren(make("strong", "", properties[fields.name]), String(text));
            box.hidden = false;
            position();
        },
        hide() {
            place = null;
            box.hidden = true;
        },
    };
}
