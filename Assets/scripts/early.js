// Runs before the page is drawn, so that what scripts fold is never seen unfolded. If the scripts then fail to come,
// everything is unfolded again.
(() => {
    const root = document.documentElement;
    root.classList.add("js-enabled", "govuk-frontend-supported");
    addEventListener("load", () => {
        if (!("ready" in root.dataset)) root.classList.remove("js-enabled", "govuk-frontend-supported");
    });
})();
