// Radios and checkboxes: questions that open when an answer is chosen, and answers that exclude all others.

export default function choices(element) {
    for (const input of inputs(element)) {
        const target = input.dataset.ariaControls;
        if (!target || !document.getElementById(target)) continue;
        input.setAttribute("aria-controls", target);
        input.removeAttribute("data-aria-controls");
    }
    const updateAll = () => inputs(element).forEach(update);
    // Browsers put back what was chosen after the scripts have run.
    addEventListener("pageshow", updateAll);
    updateAll();
    element.addEventListener("click", (event) => {
        const input = event.target;
        if (!(input instanceof HTMLInputElement)) return;
        if (input.type === "checkbox") exclude(input, element);
        if (input.type === "radio") sameGroup(input).forEach(update);
        else updateAll();
    });
}

function inputs(within) {
    return [...within.querySelectorAll('input[type="radio"], input[type="checkbox"]')];
}

function update(input) {
    const id = input.getAttribute("aria-controls");
    const target = id && document.getElementById(id);
    if (!target || !/govuk-(radios|checkboxes)__conditional/.test(target.className)) return;
    // ARIA gives radios no expanded state.
    if (input.type === "checkbox") input.setAttribute("aria-expanded", String(input.checked));
    for (const kind of ["radios", "checkboxes"]) {
        if (!target.classList.contains(`govuk-${kind}__conditional`)) continue;
        target.classList.toggle(`govuk-${kind}__conditional--hidden`, !input.checked);
    }
}

// Choosing one radio closes what another of its name had opened, wherever in the form that stands.
function sameGroup(input) {
    return inputs(document).filter((other) => other.name === input.name && other.form === input.form);
}

function exclude(input, element) {
    if (!input.checked) return;
    const alone = input.dataset.behaviour === "exclusive";
    for (const other of inputs(element)) {
        if (other === input || other.name !== input.name || other.form !== input.form) continue;
        if (alone || other.dataset.behaviour === "exclusive") other.checked = false;
    }
}
