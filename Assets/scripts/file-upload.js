// A zone into which files can be dropped, in place of the browser's own small button.

import { counted, make, words } from "./words.js";

export default function fileUpload(wrapper) {
    const input = wrapper.querySelector('input[type="file"]');
    const label = input?.id && document.querySelector(`label[for="${CSS.escape(input.id)}"]`);
    if (!label) return;
    const say = words(wrapper, {
        "choose-files-button": "Choose file", "drop-instruction": "or drop file", "no-file-chosen": "No file chosen",
        "multiple-files-chosen.one": "%{count} file chosen", "multiple-files-chosen.other": "%{count} files chosen",
        "entered-drop-zone": "Entered drop zone", "left-drop-zone": "Left drop zone",
    });
    const zone = build(wrapper, input, label, say);
    const spoken = make("span", "govuk-file-upload-announcements govuk-visually-hidden");
    spoken.setAttribute("aria-live", "assertive");
    wrapper.append(zone.button, spoken);

    const update = () => {
        const count = input.files.length;
        zone.button.classList.toggle("govuk-file-upload-button--empty", count === 0);
        zone.status.textContent = count === 0 ? say("no-file-chosen")
            : count === 1 ? input.files[0].name : say(counted("multiple-files-chosen", count), { count });
    };
    zone.button.addEventListener("click", () => input.click());
    input.addEventListener("change", update);
    acceptDrops(wrapper, zone.button, input, (key) => (spoken.textContent = say(key)));
    const enable = () => (zone.button.disabled = input.disabled);
    new MutationObserver(enable).observe(input, { attributeFilter: ["disabled"] });
    enable();
    update();
}

function build(wrapper, input, label, say) {
    const id = input.id;
    const button = make("button", "govuk-file-upload-button");
    const status = make("span", "govuk-body govuk-file-upload-button__status");
    const choose = make("span", "govuk-file-upload-button__pseudo-button", say("choose-files-button"));
    const drop = make("span", "govuk-body govuk-file-upload-button__instruction", say("drop-instruction"));
    button.type = "button";
    button.id = id;
    status.setAttribute("aria-live", "polite");
    status.id = `${id}-status`;
    choose.id = `${id}-choose`;
    label.id ||= `${id}-label`;
    button.append(status, choose, " ", drop);
    button.setAttribute("aria-labelledby", `${label.id} ${choose.id} ${status.id}`);
    for (const name of ["aria-describedby"]) {
        if (input.hasAttribute(name)) button.setAttribute(name, input.getAttribute(name));
    }
    // The label now names the button; the field keeps its name in the form.
    input.id = `${id}-input`;
    input.hidden = true;
    input.setAttribute("aria-hidden", "true");
    input.tabIndex = -1;
    return { button, status };
}

function acceptDrops(wrapper, button, input, announce) {
    const holdsFiles = (event) => event.dataTransfer?.types.includes("Files") && !input.disabled;
    const mark = (isOver) => {
        if (button.classList.contains("govuk-file-upload-button--dragging") === isOver) return;
        button.classList.toggle("govuk-file-upload-button--dragging", isOver);
        announce(isOver ? "entered-drop-zone" : "left-drop-zone");
    };
    wrapper.addEventListener("dragover", (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        mark(true);
    });
    wrapper.addEventListener("dragleave", (event) => wrapper.contains(event.relatedTarget) || mark(false));
    wrapper.addEventListener("drop", (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        mark(false);
        if (event.dataTransfer.files.length > 1 && !input.multiple) return;
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
    });
}
