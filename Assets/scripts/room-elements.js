// The elements of which a meeting's pack is made in a room without a network. It stands before room-pack.js in one script, in
// the file itself.

function make(name, attributes, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
        if (value === true) element.setAttribute(key, "");
        else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
    }
    element.append(...content.filter((part) => part !== null && part !== undefined));
    return element;
}

const paragraph = (...content) => make("p", { class: "govuk-body" }, ...content);
const button = (text, extra = "") => make("button", { class: `govuk-button ${extra}`.trim(), type: "submit" }, text);
const tag = (text, colour) => make("strong", { class: `govuk-tag govuk-tag--${colour}` }, text);

function press(text, describedBy, act) {
    const attributes = { type: "button", class: "govuk-button govuk-button--secondary", "aria-describedby": describedBy };
    const element = make("button", attributes, text);
    element.addEventListener("click", act);
    return element;
}

let count = 0;
const newID = () => `field-${count += 1}`;

// What is wrong stands between the label and the control, and screen readers say it with the control.
function marking(group, control, anchor, hint) {
    const id = `${control.id}-error`;
    return (text) => {
        document.getElementById(id)?.remove();
        group.classList.toggle("govuk-form-group--error", Boolean(text));
        const describing = [hint?.id, text ? id : null].filter(Boolean).join(" ");
        if (describing) control.setAttribute("aria-describedby", describing);
        else control.removeAttribute("aria-describedby");
        control.toggleAttribute("aria-invalid", Boolean(text));
        if (text) {
            const word = make("span", { class: "govuk-visually-hidden" }, "Error: ");
            anchor.after(make("p", { id, class: "govuk-error-message" }, word, text));
        }
    };
}

function question(text, control, hintText) {
    control.id ||= newID();
    const label = make("label", { class: "govuk-label", for: control.id }, text);
    const hint = hintText ? make("div", { class: "govuk-hint", id: `${control.id}-hint` }, hintText) : null;
    const group = make("div", { class: "govuk-form-group" }, label, hint, control);
    const mark = marking(group, control, hint ?? label, hint);
    mark(null);
    return { group, control, mark };
}

const input = (text, hint, attributes = {}) => question(
    text, make("input", { class: "govuk-input", type: "text", autocomplete: "off", ...attributes }), hint);

function select(text, choices, chosen) {
    const options = choices.map(([value, words]) => make("option", { value, selected: value === chosen }, words));
    return question(text, make("select", { class: "govuk-select" }, ...options));
}

function dayQuestion(text) {
    const boxes = [["Day", 2], ["Month", 2], ["Year", 4]].map(([name, width]) => {
        const id = newID();
        const box = make("input", {
            id, class: `govuk-input govuk-date-input__input govuk-input--width-${width}`, type: "text",
            inputmode: "numeric", autocomplete: "off",
        });
        const label = make("label", { class: "govuk-label govuk-date-input__label", for: id }, name);
        return { box, item: make("div", { class: "govuk-date-input__item" }, make("div", {}, label, box)) };
    });
    const hint = make("div", { class: "govuk-hint", id: newID() }, "For example, 27 3 2026");
    const legend = make("legend", { class: "govuk-fieldset__legend" }, text);
    const fieldset = make("fieldset", { class: "govuk-fieldset", id: newID(), role: "group" }, legend, hint,
        make("div", { class: "govuk-date-input" }, ...boxes.map(({ item }) => item)));
    const group = make("div", { class: "govuk-form-group" }, fieldset);
    const mark = marking(group, fieldset, hint, hint);
    mark(null);
    const fields = boxes.map(({ box }) => box);
    const value = () => {
        const [day, month, year] = fields.map((box) => /^\d{1,4}$/.test(box.value.trim()) ? Number(box.value) : NaN);
        const date = new Date(Date.UTC(year, month - 1, day));
        const isDay = year >= 1000 && date.getUTCFullYear() === year && date.getUTCMonth() === month - 1
            && date.getUTCDate() === day;
        return isDay ? date.toISOString().slice(0, 10) : null;
    };
    return { group, control: fields[0], mark, value, fields };
}

function today() {
    const now = new Date();
    return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())).toISOString().slice(0, 10);
}
