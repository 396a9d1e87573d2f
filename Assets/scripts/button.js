// Links that look like buttons answer to the space bar, and a second press within a second of the first is ignored
// where the page asks for it.

const patience = 1000;

export default function button(element) {
    element.addEventListener("keydown", (event) => {
        if (event.key !== " " || element.getAttribute("role") !== "button") return;
        event.preventDefault();
        element.click();
    });
    if (element.dataset.preventDoubleClick !== "true") return;
    let last = -Infinity;
    element.addEventListener("click", (event) => {
        if (event.timeStamp - last < patience) event.preventDefault();
        else last = event.timeStamp;
    });
}
