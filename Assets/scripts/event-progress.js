// Follows a job on the server: by its events, or, where those cannot come through, by asking now and then.
//
// data-events: address of the event stream. data-status: address of the same as JSON.
// Each message: {"done": 0…1 or null, "text": "…", "state": "running"|"finished"|"failed", "location": "/…"}

const firstWait = 1500;
const longestWait = 15000;

export default function eventProgress(element) {
    const show = shower(element);
    if (!element.dataset.events || !window.EventSource) return poll(element, show);
    const source = new EventSource(element.dataset.events);
    let failures = 0;
    const hear = (event) => {
        failures = 0;
        const message = parse(event.data);
        if (message && show(message)) source.close();
    };
    source.addEventListener("message", hear);
    source.addEventListener("progress", hear);
    source.addEventListener("error", () => {
        failures += 1;
        if (source.readyState !== EventSource.CLOSED && failures < 3) return;
        source.close();
        poll(element, show);
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

async function poll(element, show) {
    if (!element.dataset.status) return;
    let wait = firstWait;
    while (element.isConnected) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        try {
            const answer = await fetch(element.dataset.status, {
                headers: { Accept: "application/json" }, cache: "no-store",
            });
            if (answer.status === 401 || answer.status === 403) return location.reload();
            if (answer.ok && show(await answer.json())) return;
            wait = answer.ok ? firstWait : Math.min(wait * 2, longestWait);
        } catch {
            wait = Math.min(wait * 2, longestWait);
        }
    }
}

// Shows a message; true when there is nothing more to wait for.
function shower(element) {
    const bar = element.querySelector("progress");
    const text = element.querySelector(".concord-progress__text");
    let said = text?.textContent;
    return ({ done, text: words, state, location: next }) => {
        if (bar && typeof done === "number") bar.value = done * (bar.max || 1);
        else if (bar && done === null) bar.removeAttribute("value");
        if (text && words && words !== said) text.textContent = said = words;
        element.classList.toggle("concord-progress--failed", state === "failed");
        if (state !== "finished" && state !== "failed") return false;
        if (next) go(next);
        return true;
    };
}

function go(next) {
    const target = new URL(next, location.href);
    if (target.origin === location.origin) location.replace(target);
}
