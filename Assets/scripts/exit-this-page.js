// The way out for someone who is watched. A press, or the Shift key three times within five seconds, covers the page
// at once, and puts another in its place, so that the back button does not return to it.

import { make, words } from "./words.js";

const timeLimit = 5000;

export default function exitThisPage(element) {
    const button = element.querySelector(".govuk-js-exit-this-page-button");
    if (!(button instanceof HTMLAnchorElement)) return;
    const say = words(element, {
        "activated": "Loading.", "timed-out": "Exit this page expired.",
        "press-two-more-times": "Shift, press 2 more times to exit.",
        "press-one-more-time": "Shift, press 1 more time to exit.",
    });
    const status = make("span", "govuk-visually-hidden");
    status.setAttribute("role", "status");
    const lights = indicator();
    button.append(lights.element);
    element.append(status);
    const leave = () => exit(button.href, status, say("activated"));

    button.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
    });
    document.querySelectorAll(".govuk-js-exit-this-page-skiplink").forEach((link) => {
        link.addEventListener("click", (event) => {
            event.preventDefault();
            leave();
        });
    });
    countShifts(leave, lights, (key) => (status.textContent = key ? say(key) : ""));
    addEventListener("pageshow", (event) => event.persisted && uncover());
}

function countShifts(leave, lights, announce) {
    let presses = 0;
    let timer;
    const reset = (key) => {
        clearTimeout(timer);
        presses = 0;
        lights.show(0);
        announce(key);
    };
    // On the release, so that Shift held for a capital letter does not count; any other key starts anew.
    let isAlone = false;
    document.addEventListener("keydown", (event) => {
        isAlone = event.key === "Shift";
        if (!isAlone && presses > 0) reset(null);
    }, true);
    document.addEventListener("keyup", (event) => {
        if (event.key !== "Shift" || !isAlone) return;
        isAlone = false;
        presses += 1;
        lights.show(presses);
        if (presses >= 3) return leave();
        announce(presses === 1 ? "press-two-more-times" : "press-one-more-time");
        if (presses === 1) timer = setTimeout(() => reset("timed-out"), timeLimit);
    }, true);
}

function exit(href, status, words) {
    status.textContent = words;
    document.title = "Loading";
    document.body.classList.add("govuk-exit-this-page-hide-content");
    const overlay = make("div", "govuk-exit-this-page-overlay");
    overlay.setAttribute("role", "alert");
    document.body.append(overlay);
    overlay.textContent = words;
    location.replace(href);
}

function uncover() {
    document.body.classList.remove("govuk-exit-this-page-hide-content");
    document.querySelectorAll(".govuk-exit-this-page-overlay").forEach((overlay) => overlay.remove());
}

function indicator() {
    const element = make("span", "govuk-exit-this-page__indicator");
    element.setAttribute("aria-hidden", "true");
    const lights = [1, 2, 3].map(() => make("span", "govuk-exit-this-page__indicator-light"));
    element.append(...lights);
    return {
        element,
        show(count) {
            element.classList.toggle("govuk-exit-this-page__indicator--visible", count > 0);
            lights.forEach((light, index) => {
                light.classList.toggle("govuk-exit-this-page__indicator-light--on", index < count);
            });
        },
    };
}
