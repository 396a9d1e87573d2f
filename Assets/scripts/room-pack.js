// A meeting's pack in a room without a network: opens what is sealed in the page with its passphrase, shows it, takes minute
// lines and actions, and saves them sealed. The program puts this and room-elements.js into the file itself as one script;
// nothing is fetched or sent, and the browser keeps nothing of it.

const ITERATIONS = 600000;
const LONGEST = { line: 4000, action: 1000 };
const sealed = JSON.parse(document.getElementById("sealed").textContent);
const heading = document.getElementById("heading");
const utf8 = new TextEncoder();

// Sealing: as Sources/App/Pages/Panels/RoomEnvelope.swift.

function fromBase64(text) {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
}

function toBase64(bytes) {
    let text = "";
    for (let start = 0; start < bytes.length; start += 4096) {
        text += String.fromCharCode(...bytes.subarray(start, start + 4096));
    }
    return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const about = (format) => utf8.encode(`${format} 1 ${sealed.meeting}`);

// The letters and digits of a passphrase, or nothing when it cannot be one.
function characters(typed) {
    const found = typed.toUpperCase().replace(/[^2-9A-HJKMNP-TV-Z]/g, "");
    return found.length === 20 ? found : null;
}

const secret = (passphrase) => crypto.subtle.importKey("raw", utf8.encode(passphrase), "PBKDF2", false, ["deriveKey"]);

const keyOf = (material, salt) => crypto.subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt, iterations: ITERATIONS }, material, { name: "AES-GCM", length: 256 }, false,
    ["encrypt", "decrypt"]);

async function openPack(material) {
    const algorithm = { name: "AES-GCM", iv: fromBase64(sealed.nonce), additionalData: about(sealed.format) };
    const key = await keyOf(material, fromBase64(sealed.salt));
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, key, fromBase64(sealed.sealed))));
}

async function sealNotes(material, notes) {
    const format = "concord-room-notes";
    const [salt, nonce] = [crypto.getRandomValues(new Uint8Array(16)), crypto.getRandomValues(new Uint8Array(12))];
    const content = utf8.encode(JSON.stringify({ format, version: 1, meeting: sealed.meeting, ...notes }));
    const algorithm = { name: "AES-GCM", iv: nonce, additionalData: about(format) };
    const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm, await keyOf(material, salt), content));
    return JSON.stringify({
        format, version: 1, meeting: sealed.meeting, derivation: sealed.derivation, iterations: ITERATIONS,
        cipher: sealed.cipher, salt: toBase64(salt), nonce: toBase64(nonce), sealed: toBase64(cipher),
    });
}

// The room.

class Room {
    constructor(pack, material) {
        this.pack = pack;
        this.material = material;
        this.notes = [];
        this.saved = new Set();
        this.dirty = false;
        this.fields = [];
        this.lists = new Map();
        this.status = make("p", { class: "govuk-body", role: "status" });
        addEventListener("beforeunload", (event) => {
            if (this.isUnsaved || this.fields.some((field) => field.value.trim())) event.preventDefault();
        });
    }

    get isUnsaved() {
        return this.dirty || this.notes.some((note) => !this.saved.has(note));
    }

    show(root) {
        const { pack } = this;
        heading.textContent = pack.title;
        root.append(...[
            paragraph(pack.hours), paragraph(pack.made), this.agenda(), this.incomplete(),
            ...pack.items.map((item, index) => this.item(item, index)), this.saving(),
        ].filter(Boolean));
        this.tell();
    }

    agenda() {
        const { pack } = this;
        const lines = pack.agenda.map((line) => {
            if (!line.item) {
                const link = make("a", { class: "govuk-link", href: "#incomplete" }, "Actions that are not complete");
                return make("li", {}, `${line.begins}: `, link);
            }
            const index = pack.items.findIndex(({ id }) => id === line.item);
            const item = pack.items[index];
            const link = make("a", { class: "govuk-link", href: `#item-${index}` }, item?.reference || "Item");
            return make("li", {}, `${line.begins}: `, link, `. ${item?.kind ?? ""}. `,
                item?.isUrgent ? tag("Emergency", "red") : null, line.isDecided ? tag("Decided", "green") : null,
                make("span", { class: "govuk-hint" }, `Agencies asked: ${line.asked}`));
        });
        const list = lines.length
            ? make("ul", { class: "govuk-list govuk-list--bullet" }, ...lines)
            : paragraph("There is nothing on the agenda that you may see.");
        return make("section", {}, make("h2", { class: "govuk-heading-m" }, "Agenda"), list);
    }

    incomplete() {
        const { incomplete } = this.pack;
        if (!incomplete.length) return null;
        const title = "Actions of earlier meetings that are not complete";
        return make("section", { id: "incomplete" }, make("h2", { class: "govuk-heading-m" }, title),
            make("ul", { class: "govuk-list govuk-list--bullet" }, ...incomplete.map((action) => make("li", {}, action.text,
                make("span", { class: "govuk-hint" }, ` ${action.agency}. Due ${action.due}. ${action.state}`)))));
    }

    item(item, index) {
        const parts = item.parts.flatMap((part) => [
            make("h3", { class: "govuk-heading-s" }, part.name),
            make("ul", { class: "govuk-list govuk-list--bullet" }, ...part.lines.map((line) => make("li", {}, line.text,
                make("span", { class: "govuk-hint" }, ` ${line.about}`)))),
        ]);
        const list = make("div", {});
        this.lists.set(item.id, list);
        return make("section", { class: "room-item", id: `item-${index}`, "aria-labelledby": `item-${index}-title` },
            make("h2", { class: "govuk-heading-l", id: `item-${index}-title` }, item.reference),
            paragraph(item.kind, item.isUrgent ? " " : null, item.isUrgent ? tag("Emergency", "red") : null),
            ...(parts.length ? parts : [paragraph("Nothing is minuted that you may see.")]), list,
            this.details("Add a line", (box) => this.lineForm(item, box)),
            this.details("Add an action", (box) => this.actionForm(item, box)));
    }

    details(title, build) {
        const text = make("div", { class: "govuk-details__text" });
        const words = make("span", { class: "govuk-details__summary-text" }, title);
        const box = make("details", { class: "govuk-details" },
            make("summary", { class: "govuk-details__summary" }, words), text);
        text.append(build(box));
        return box;
    }

    form(controls, title, act) {
        const form = make("form", { novalidate: true }, ...controls.map(({ group }) => group),
            button(title, "govuk-button--secondary"));
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            for (const { mark } of controls) mark?.(null);
            const wrong = act();
            for (const [field, text] of wrong) field.mark(text);
            wrong[0]?.[0].control.focus();
        });
        return form;
    }

    lineForm(item, box) {
        const { choices, own } = this.pack;
        const part = select("Where does it stand?", choices.parts, "discussion");
        const text = question("What was said?", make("textarea", { class: "govuk-textarea", rows: 3, spellcheck: "true" }));
        const agency = select("Whose information is it?", choices.agencies, own);
        const kind = select("Fact or opinion?", choices.kinds, "fact");
        const depth = select("How sensitive is it?", choices.classes, "P2");
        const side = select("On whose side is it?", choices.sides, "victim");
        this.fields.push(text.control);
        const lists = { part, agency, kind, class: depth, side };
        const change = (values) => {
            box.open = true;
            for (const [name, field] of Object.entries(lists)) field.control.value = values[name];
            text.control.value = values.text;
            text.control.focus();
        };
        return this.form([part, text, agency, kind, depth, side], "Add the line", () => {
            const words = text.control.value.trim();
            if (!words) return [[text, "Enter what was said"]];
            if (words.length > LONGEST.line) return [[text, `Use ${LONGEST.line} characters or fewer`]];
            const values = Object.fromEntries(Object.entries(lists).map(([name, field]) => [name, field.control.value]));
            const said = (field) => field.control.selectedOptions[0].text;
            const told = [said(agency), said(kind).toLowerCase(), ...(values.class === "P3" ? ["safety"] : [])].join(", ");
            this.add({ type: "line", item: item.id, values: { ...values, text: words }, change,
                about: `${said(part)}. ${told}` });
            text.control.value = "";
            text.control.focus();
            return [];
        });
    }

    actionForm(item, box) {
        const text = input("What is to be done?", "Begin with a verb: visit, refer, change, share.");
        const owner = select("Who does it?", [["", "Choose"], ...this.pack.choices.owners], "");
        const address = input("Or someone else’s e-mail address here (optional)",
            "They see this action, and nothing else of the meeting.", { type: "email", spellcheck: "false" });
        const due = dayQuestion("By when?");
        const risk = input("Which risk does it lower? (optional)");
        const typed = [text.control, address.control, risk.control, ...due.fields];
        this.fields.push(...typed);
        const change = (values) => {
            box.open = true;
            text.control.value = values.text;
            owner.control.value = values.owner;
            address.control.value = values.address;
            risk.control.value = values.risk;
            values.due.split("-").reverse().forEach((part, index) => { due.fields[index].value = String(Number(part)); });
            text.control.focus();
        };
        return this.form([text, owner, address, due, risk], "Add the action", () => {
            const values = {
                text: text.control.value.trim(), owner: owner.control.value, address: address.control.value.trim(),
                due: due.value(), risk: risk.control.value.trim(),
            };
            const wrong = this.wrongInAction(values, { text, owner, due, risk });
            if (wrong.length) return wrong;
            const who = values.address || owner.control.selectedOptions[0].text;
            const [year, month, day] = values.due.split("-").map(Number);
            const by = new Date(Date.UTC(year, month - 1, day)).toLocaleDateString("en-GB", {
                day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
            this.add({ type: "action", item: item.id, values, change, about: `Action. ${who}. By ${by}` });
            for (const field of typed) field.value = "";
            owner.control.value = "";
            text.control.focus();
            return [];
        });
    }

    // The same as ActionCheck says when the notes come back, so that nothing is written here in vain.
    wrongInAction(values, { text, owner, due, risk }) {
        const wrong = [];
        const words = values.text.split(/[^\p{L}]+/u).filter(Boolean).map((word) => word.toLowerCase());
        if (!words.length) wrong.push([text, "Enter what is to be done, beginning with a verb"]);
        else if (!this.pack.verbs.includes(words[0])) {
            wrong.push([text, "Begin with what is to be done: Visit, Refer, Change, Share"]);
        } else if (words.length < 2) wrong.push([text, "Say what is to be done, and not the verb alone"]);
        else if (values.text.length > LONGEST.action) wrong.push([text, `Use ${LONGEST.action} characters or fewer`]);
        if (!values.owner && !values.address) wrong.push([owner, "Choose the person who does it"]);
        if (!values.due) wrong.push([due, "Enter the day by which it is done"]);
        else if (values.due < today()) wrong.push([due, "Enter a day that is not past"]);
        if (values.risk.length > LONGEST.action) wrong.push([risk, `Use ${LONGEST.action} characters or fewer`]);
        return wrong;
    }

    // Notes.

    add(note) {
        const mark = [...crypto.getRandomValues(new Uint8Array(16))];
        note.mark = mark.map((byte) => byte.toString(16).padStart(2, "0")).join("");
        this.notes.push(note);
        this.list(note.item);
        this.tell();
    }

    remove(note) {
        this.notes = this.notes.filter((other) => other !== note);
        if (this.saved.delete(note)) this.dirty = true;
        this.list(note.item);
        this.tell();
    }

    list(item) {
        const notes = this.notes.filter((note) => note.item === item);
        const written = notes.map((note) => {
            const id = newID();
            const state = this.saved.has(note) ? tag("Saved", "green") : tag("Not saved", "yellow");
            return make("div", { class: "room-note" }, make("p", { class: "govuk-body", id }, note.values.text),
                make("p", { class: "govuk-hint" }, `${note.about} `, state),
                make("div", { class: "govuk-button-group" },
                    press("Change", id, () => {
                        this.remove(note);
                        note.change(note.values);
                    }),
                    press("Remove", id, () => {
                        this.remove(note);
                        this.lists.get(item).parentElement.querySelector("summary").focus();
                    })));
        });
        const unsaved = notes.some((note) => !this.saved.has(note));
        this.lists.get(item).replaceChildren(...(written.length ? [
            make("h3", { class: "govuk-heading-s" }, "Written in this room"), ...written] : []),
            ...(unsaved ? [press("Save the notes", null, () => this.save())] : []));
    }

    saving() {
        const form = make("form", {}, button("Save the notes"));
        form.addEventListener("submit", (event) => {
            event.preventDefault();
            this.save();
        });
        return make("section", { class: "room-item", id: "saving" },
            make("h2", { class: "govuk-heading-m" }, "Save the notes"),
            paragraph("What you write is kept in this window alone until you save it. You get a file, sealed with the same "
                + "passphrase. Bring it back by “Bring notes from the room” at the meeting’s page. Save as often as you "
                + "like: each file holds everything that is written here."),
            this.status, form);
    }

    tell(said) {
        const unsaved = this.notes.filter((note) => !this.saved.has(note)).length;
        let state = "Nothing is written yet.";
        if (unsaved) state = `${this.notes.length} written, ${unsaved} of them not saved.`;
        else if (this.dirty) state = "You took out what the last file holds. Save the notes again.";
        else if (this.notes.length) state = `${this.notes.length} written, all saved.`;
        this.status.textContent = said ?? state;
    }

    async save() {
        if (!this.notes.length && !this.dirty) {
            this.tell("There is nothing to save yet: write a line or an action first.");
            return;
        }
        const notes = [...this.notes];
        const written = (type) => notes.filter((note) => note.type === type)
            .map(({ mark, item, values }) => ({ mark, item, ...values }));
        const name = `notes-from-the-room-${this.pack.day}.json`;
        const text = await sealNotes(this.material, { lines: written("line"), actions: written("action") });
        const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
        const link = make("a", { href: address, download: name, hidden: true });
        document.body.append(link);
        link.click();
        link.remove();
        setTimeout(() => URL.revokeObjectURL(address), 60000);
        this.saved = new Set(notes);
        this.dirty = false;
        for (const item of this.lists.keys()) this.list(item);
        this.tell(`${notes.length} written, all saved in ${name}. Look for it where this browser keeps downloads.`);
    }
}

// Opening.

const lock = document.getElementById("lock");
const passphrase = document.getElementById("passphrase");
const mark = marking(passphrase.closest(".govuk-form-group"), passphrase,
    document.getElementById("passphrase-hint"), document.getElementById("passphrase-hint"));

function refuse(text) {
    mark(text);
    passphrase.focus();
}

lock.addEventListener("submit", async (event) => {
    event.preventDefault();
    mark(null);
    if (!globalThis.crypto?.subtle) {
        refuse("This browser cannot open the pack. Use a current Firefox, Chrome, Edge or Safari");
        return;
    }
    const typed = characters(passphrase.value);
    if (!typed) {
        refuse(passphrase.value.trim() ? "Enter the passphrase as it was written down: five groups of four"
            : "Enter the passphrase");
        return;
    }
    const opener = lock.querySelector("button");
    opener.setAttribute("aria-disabled", "true");
    const material = await secret(typed);
    const pack = await openPack(material).catch(() => null);
    opener.removeAttribute("aria-disabled");
    if (!pack) {
        refuse("The pack does not open with this passphrase. Check each group of four");
        return;
    }
    lock.remove();
    const root = document.getElementById("pack");
    new Room(pack, material).show(root);
    root.hidden = false;
    heading.focus();
});
document.documentElement.dataset.ready = "";
