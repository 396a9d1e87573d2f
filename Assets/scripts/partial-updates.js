// htmx, if the page links it: nothing evaluated, nothing from elsewhere, and no page kept in the browser's storage,
// where the next person at the desk could find it.

const settings = {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
    withCredentials: false,
    timeout: 30000,
};

export default function configure(begin) {
    if (!window.htmx) return;
    Object.assign(window.htmx.config, settings);
    document.addEventListener("htmx:load", (event) => begin(event.detail.elt));
    document.addEventListener("htmx:beforeRequest", (event) => {
        event.detail.target?.setAttribute("aria-busy", "true");
    });
    document.addEventListener("htmx:afterRequest", (event) => {
        event.detail.target?.removeAttribute("aria-busy");
    });
    // A session that has ended, or a refusal: the whole page says so better than a part of it.
    document.addEventListener("htmx:responseError", (event) => {
        const { xhr, requestConfig } = event.detail;
        if (requestConfig?.verb === "get" && (xhr.status === 401 || xhr.status === 403)) location.reload();
    });
}
