// On a narrow window the links of the navigation fold behind a button.

export default function serviceNavigation(element) {
    const toggle = element.querySelector(".govuk-js-service-navigation-toggle");
    const menu = toggle && document.getElementById(toggle.getAttribute("aria-controls"));
    if (!menu) return;
    const wide = window.matchMedia("(min-width: 40em)");
    let open = false;

    const update = () => {
        const folds = !wide.matches;
        toggle.toggleAttribute("hidden", !folds);
        if (folds) toggle.removeAttribute("aria-hidden");
        else toggle.setAttribute("aria-hidden", "true");
        menu.toggleAttribute("hidden", folds && !open);
        toggle.setAttribute("aria-expanded", String(open));
    };

    toggle.addEventListener("click", () => {
        open = !open;
        update();
    });
    element.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !open || wide.matches) return;
        open = false;
        update();
        toggle.focus();
    });
    wide.addEventListener("change", update);
    update();
}
