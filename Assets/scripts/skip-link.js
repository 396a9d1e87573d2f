// A link past the navigation moves the focus too, which some browsers leave behind.

import { focusOnce } from "./words.js";

export default function skipLink(link) {
    link.addEventListener("click", () => {
        const target = link.hash && document.getElementById(decodeURIComponent(link.hash.slice(1)));
        if (!target) return;
        target.classList.add("govuk-skip-link-focused-element");
        const restore = () => target.classList.remove("govuk-skip-link-focused-element");
        target.addEventListener("blur", restore, { once: true });
        focusOnce(target);
    });
}
