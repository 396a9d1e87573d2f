// htmx, for pages that ask for parts of themselves: nothing evaluated, nothing from elsewhere, and no page kept in the
// browser's storage, where the next person at the desk could find it.

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

const asking = "[hx-get], [hx-post], [hx-put], [hx-patch], [hx-delete], [hx-boost]";

export default async function configure(begin) {
    if (!window.htmx) {
        if (!document.querySelector(asking)) return;
        await load();
    }
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

// htmx reads its settings from the page as soon as it runs, and runs only once the page is complete.
async function load() {
    const meta = document.createElement("meta");
    meta.name = "htmx-config";
    meta.content = JSON.stringify(settings);
    document.head.append(meta);
    if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
    await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL("../vendor/htmx/htmx.min.js", import.meta.url).href;
        script.addEventListener("load", resolve);
        script.addEventListener("error", () => reject(new Error("htmx is not there")));
        document.head.append(script);
    });
}
