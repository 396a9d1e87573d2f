// The summary of errors takes the focus when the page opens; its links go to the question, not only to its field.

import { focusOnce } from "./words.js";

export default function errorSummary(summary) {
    if (summary.dataset.disableAutoFocus !== "true") focusOnce(summary);
    summary.addEventListener("click", (event) => {
        const link = event.target.closest("a");
        if (link && goTo(link)) event.preventDefault();
    });
}

function goTo(link) {
    const input = link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!input) return false;
    (question(input) ?? input).scrollIntoView();
    input.focus({ preventScroll: true });
    return true;
}

// The legend of a group if that and the field fit into the upper half of the window together, else the label.
function question(input) {
    const legend = input.closest("fieldset")?.querySelector("legend");
    if (legend) {
        if (input.type === "checkbox" || input.type === "radio") return legend;
        const field = input.getBoundingClientRect();
        const distance = field.top + field.height - legend.getBoundingClientRect().top;
        if (field.height && distance < window.innerHeight / 2) return legend;
    }
    return document.querySelector(`label[for="${CSS.escape(input.id)}"]`) ?? input.closest("label");
}
