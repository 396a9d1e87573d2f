// Says how many characters or words remain: at once to the eye, and after a pause to a screen reader.

import { counted, make, words } from "./words.js";

const pause = 1000;

export default function characterCount(element) {
    const field = element.querySelector(".govuk-js-character-count");
    const isWords = Number(element.dataset.maxwords) > 0;
    const limit = Number(isWords ? element.dataset.maxwords : element.dataset.maxlength);
    if (!field || !(limit > 0)) return;
    const message = describe(element, field, say(element), isWords, limit);
    const shown = make("div", message.className + " govuk-character-count__status");
    shown.setAttribute("aria-hidden", "true");
    const spoken = make("div", "govuk-character-count__sr-status govuk-visually-hidden");
    spoken.setAttribute("aria-live", "polite");
    message.classList.add("govuk-visually-hidden");
    message.after(shown, spoken);
    // The browser would cut a paste off silently.
    field.removeAttribute("maxlength");

    const threshold = (Number(element.dataset.threshold ?? 0) * limit) / 100;
    let timer;
    const update = () => {
        const count = isWords ? (field.value.match(/\S+/g) ?? []).length : field.value.length;
        const rest = limit - count;
        shown.textContent = remaining(say(element), isWords, rest);
        shown.classList.toggle("govuk-error-message", rest < 0);
        shown.classList.toggle("govuk-hint", rest >= 0);
        shown.classList.toggle("govuk-character-count__message--disabled", count < threshold);
        field.classList.toggle("govuk-textarea--error", rest < 0 || field.getAttribute("aria-invalid") === "true");
        clearTimeout(timer);
        timer = setTimeout(() => {
            spoken.textContent = count < threshold ? "" : shown.textContent;
        }, pause);
    };
    if (field.classList.contains("govuk-textarea--error")) field.setAttribute("aria-invalid", "true");
    field.addEventListener("input", update);
    addEventListener("pageshow", update);
    update();
}

function say(element) {
    return words(element, {
        "characters-under-limit.one": "You have %{count} character remaining",
        "characters-under-limit.other": "You have %{count} characters remaining",
        "characters-at-limit": "You have 0 characters remaining",
        "characters-over-limit.one": "You have %{count} character too many",
        "characters-over-limit.other": "You have %{count} characters too many",
        "words-under-limit.one": "You have %{count} word remaining",
        "words-under-limit.other": "You have %{count} words remaining",
        "words-at-limit": "You have 0 words remaining",
        "words-over-limit.one": "You have %{count} word too many",
        "words-over-limit.other": "You have %{count} words too many",
    });
}

function remaining(say, isWords, rest) {
    const unit = isWords ? "words" : "characters";
    if (rest === 0) return say(`${unit}-at-limit`);
    const key = `${unit}-${rest > 0 ? "under" : "over"}-limit`;
    const count = Math.abs(rest);
    return say(counted(key, count), { count: count.toLocaleString("en-GB") });
}

// The sentence of the limit; written here where the page left it out.
function describe(element, field, say, isWords, limit) {
    const message = element.querySelector(".govuk-character-count__message")
        ?? element.appendChild(make("div", "govuk-hint govuk-character-count__message"));
    if (message.textContent.trim() === "") {
        const own = element.getAttribute("data-i18n.textarea-description.other");
        message.textContent = own
            ? own.replace("%{count}", String(limit))
            : `You can enter up to ${limit} ${isWords ? "words" : "characters"}`;
    }
    return message;
}
