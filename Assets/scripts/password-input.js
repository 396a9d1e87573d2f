// Shows what has been typed as a password, and hides it again before it is sent.

import { make, words } from "./words.js";

export default function passwordInput(element) {
    const input = element.querySelector(".govuk-js-password-input-input");
    const toggle = element.querySelector(".govuk-js-password-input-toggle");
    if (!input || !toggle) return;
    const say = words(element, {
        "show-password": "Show", "hide-password": "Hide", "show-password-aria-label": "Show password",
        "hide-password-aria-label": "Hide password", "password-shown-announcement": "Your password is visible",
        "password-hidden-announcement": "Your password is hidden",
    });
    const status = make("div", "govuk-password-input__sr-status govuk-visually-hidden");
    status.setAttribute("aria-live", "polite");
    element.append(status);

    const show = (shown) => {
        if ((input.type === "text") === shown) return;
        input.type = shown ? "text" : "password";
        toggle.textContent = say(shown ? "hide-password" : "show-password");
        toggle.setAttribute("aria-label", say(shown ? "hide-password-aria-label" : "show-password-aria-label"));
        status.textContent = say(shown ? "password-shown-announcement" : "password-hidden-announcement");
    };

    toggle.removeAttribute("hidden");
    toggle.addEventListener("click", () => show(input.type === "password"));
    input.form?.addEventListener("submit", () => show(false));
    addEventListener("pageshow", (event) => event.persisted && show(false));
}
