// Buttons that do what dragging and the wheel do (WCAG 2.2, 2.5.7), and the key to the colours.

import { classShades } from "./map-style.js";
import { make } from "./words.js";

export function controls(chart, extent) {
    const group = make("div", "concord-map__controls");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Map view");
    const add = (label, text, act, extra = "") => {
        const button = make("button", `concord-map__control${extra}`, text);
        button.type = "button";
        button.setAttribute("aria-label", label);
        button.addEventListener("click", act);
        group.append(button);
        return button;
    };
    const closer = add("Zoom in", "+", () => chart.zoomIn());
    const further = add("Zoom out", "−", () => chart.zoomOut());
    add("Show all areas", "All", () => chart.fitBounds(extent, { padding: 24 }), " concord-map__control--word");
    // A button that has the focus stays one that can have it: aria-disabled, not disabled.
    const update = () => {
        closer.setAttribute("aria-disabled", String(chart.getZoom() >= chart.getMaxZoom()));
        further.setAttribute("aria-disabled", String(chart.getZoom() <= chart.getMinZoom()));
    };
    chart.on("zoomend", update);
    update();
    return group;
}

// The key, unless the page brings its own. The drawing that is now hidden had one.
export function key(element, { breaks }) {
    const labels = (element.dataset.labels ?? "").split("|").filter(Boolean);
    if (labels.length === 0 || element.parentElement.querySelector(".concord-map__key")) return;
    const list = make("ul", "concord-map__key");
    const numbers = classShades(breaks);
    labels.slice(0, numbers.length).forEach((label, index) => {
        const item = make("li", "", label);
        item.dataset.class = String(numbers[index]);
        list.append(item);
    });
    const none = make("li", "", "No figure");
    none.dataset.class = "0";
    if (element.dataset.showsUnknown === "true") list.append(none);
    element.after(list);
}
