// Follows long work on the server: by its events, or, where those cannot come through, by reading the page again now
// and then.
//
// data-src: address of the event stream. Each event's data: {"done": 0…1 or null, "message": "…"}; the last one also
// has "state": "finished" or "failed".      data-page: the page that tells how it is, and, in the end, how it was.

const firstWait = 1500;
const longestWait = 15000;
// A stream can stand open and say nothing, as behind a proxy that holds it back: then the page is looked at.
const longestSilence = 20000;

export default function eventProgress(element) {
    const { src, page } = element.dataset;
    if (!src || !window.EventSource) return poll(element, page);
    const source = new EventSource(src);
    let failures = 0;
    let heardAt = Date.now();
    const silence = setInterval(async () => {
        if (source.readyState === EventSource.CLOSED || !element.isConnected) return clearInterval(silence);
        if (Date.now() - heardAt < longestSilence || !page) return;
        heardAt = Date.now();
        const isOver = await look(element, page).catch(() => false);
        if (!isOver) return;
        source.close();
        go(page);
    }, 2000);
    const hear = (event) => {
        failures = 0;
        heardAt = Date.now();
        const told = parse(event.data);
        if (!told) return;
        show(element, told);
        if (told.state !== "finished" && told.state !== "failed") return;
        source.close();
        if (told.state === "finished") go(page);
    };
    for (const name of ["message", "progress", "finished", "failed"]) source.addEventListener(name, hear);
    source.addEventListener("error", () => {
        failures += 1;
        if (source.readyState !== EventSource.CLOSED && failures < 3) return;
        source.close();
        poll(element, page);
    });
    addEventListener("pagehide", () => source.close());
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

function show(element, { done, message, state }) {
    const bar = element.querySelector("progress");
    const text = element.querySelector(".concord-progress__message");
    if (bar && typeof done === "number") bar.value = done * (bar.max || 1);
    else if (bar && done === null) bar.removeAttribute("value");
    // The same words are not read out twice.
    if (text && message && message !== text.textContent) text.textContent = message;
    element.classList.toggle("concord-progress--failed", state === "failed");
}

// Reads the page until it no longer tells of progress, then shows it.
async function poll(element, page) {
    if (!page) return;
    let wait = firstWait;
    while (element.isConnected) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        try {
            if (await look(element, page)) return go(page);
            wait = firstWait;
        } catch {
            wait = Math.min(wait * 2, longestWait);
        }
    }
}

// Reads the page once and shows what it tells of progress.
// Gives true when it tells of none any more: the work is over.
async function look(element, page) {
    const answer = await fetch(page, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (answer.status >= 500) throw new Error(`The page answered ${answer.status}`);
    const read = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = read.querySelector('[data-module="event-progress"]');
    if (!now) return true;
    const bar = now.querySelector("progress");
    const message = now.querySelector(".concord-progress__message")?.textContent;
    show(element, { done: bar?.hasAttribute("value") ? bar.value / (bar.max || 1) : null, message });
    return false;
}

function go(page) {
    const target = page && new URL(page, location.href);
    if (target && target.origin === location.origin) location.replace(target);
}
