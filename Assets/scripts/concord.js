// Gives life to the elements that ask for it by data-module. Pages work without any of this.

import configurePartialUpdates from "./partial-updates.js";

const modules = {
    "govuk-accordion": () => import("./accordion.js"),
    "govuk-button": () => import("./button.js"),
    "govuk-character-count": () => import("./character-count.js"),
    "govuk-checkboxes": () => import("./choices.js"),
    "govuk-error-summary": () => import("./error-summary.js"),
    "govuk-exit-this-page": () => import("./exit-this-page.js"),
    "govuk-file-upload": () => import("./file-upload.js"),
    "govuk-notification-banner": () => import("./notification-banner.js"),
    "govuk-password-input": () => import("./password-input.js"),
    "govuk-radios": () => import("./choices.js"),
    "govuk-service-navigation": () => import("./service-navigation.js"),
    "govuk-skip-link": () => import("./skip-link.js"),
    "govuk-tabs": () => import("./tabs.js"),
    "event-progress": () => import("./event-progress.js"),
    "map": () => import("./map.js"),
};

const begun = new WeakSet();

async function begin(element) {
    const load = Object.hasOwn(modules, element.dataset.module) && modules[element.dataset.module];
    if (!load || begun.has(element)) return;
    begun.add(element);
    try {
        await (await load()).default(element);
    } catch (error) {
        console.error(`data-module="${element.dataset.module}" did not start`, error);
    }
}

function beginAll(within) {
    if (within.matches?.("[data-module]")) begin(within);
    within.querySelectorAll("[data-module]").forEach(begin);
}

document.documentElement.classList.add("js-enabled", "govuk-frontend-supported");
document.documentElement.dataset.ready = "";
configurePartialUpdates(beginAll).catch((error) => console.warn("Parts are fetched as whole pages.", error));
beginAll(document);
