// A map of shaded areas, drawn by MapLibre GL in place of the drawing within, with the list of areas beside it.
// Where MapLibre, WebGL or the areas do not come, the drawing stays.
//
// data-geojson: address of the areas.      data-list: id of the list.      data-value: property with the figure.
// data-id, data-name, data-text: properties with code, name and the figure in words ("code", "name", "text").
// data-breaks: limits between classes, "20,40"; a figure equal to a limit is in the class above it.
// data-labels: names of the classes, "Under 20|20 to 39|40 and over".      data-title: what the map shows.
// data-tiles: address of base tiles with {z}/{x}/{y}, if the partnership has them; data-attribution: whose they are.

import { controls, key } from "./map-controls.js";
import { beginList } from "./map-list.js";
import { bounds, layers, paints } from "./map-style.js";
import { makeTooltip } from "./map-tooltip.js";

export default async function map(element) {
    if (!element.dataset.geojson) return;
    await nearWindow(element);
    if (!hasWebGL()) return;
    try {
        const [library, areas] = await Promise.all([loadLibrary(), loadAreas(element.dataset.geojson)]);
        await draw(element, library, areas);
    } catch (error) {
        element.classList.remove("concord-map__drawing--live");
        element.querySelector(".concord-map__surface")?.remove();
        console.warn("The map stays a drawing.", error);
    }
}

let webGL;

// Asked once: making a context takes long where there is no graphics card.
function hasWebGL() {
    webGL ??= makesWebGL();
    return webGL;
}

function makesWebGL() {
    try {
        const context = document.createElement("canvas").getContext("webgl2");
        context?.getExtension("WEBGL_lose_context")?.loseContext();
        return Boolean(context);
    } catch {
        return false;
    }
}

function nearWindow(element) {
    return new Promise((resolve) => {
        const observer = new IntersectionObserver((entries) => {
            if (!entries.some((entry) => entry.isIntersecting)) return;
            observer.disconnect();
            resolve();
        }, { rootMargin: "300px" });
        observer.observe(element);
    });
}

let library;

function loadLibrary() {
    library ??= new Promise((resolve, reject) => {
        const at = (name) => new URL(`../vendor/maplibre-gl/${name}`, import.meta.url).href;
        const script = document.createElement("script");
        script.src = at("maplibre-gl.js");
        script.addEventListener("error", () => reject(new Error("MapLibre GL is not there")));
        script.addEventListener("load", () => {
            // A worker of our own origin, where MapLibre's own would be a blob.
            window.maplibregl.setWorkerUrl(at("maplibre-gl-worker.js"));
            resolve(window.maplibregl);
        });
        document.head.append(script);
    });
    return library;
}

async function loadAreas(address) {
    const answer = await fetch(address, { headers: { Accept: "application/geo+json, application/json" } });
    if (!answer.ok) throw new Error(`The areas answered ${answer.status}`);
    const areas = await answer.json();
    if (!areas.features?.length) throw new Error("There are no areas");
    return areas;
}

function names({ dataset }) {
    return {
        id: dataset.id ?? "code", name: dataset.name ?? "name", text: dataset.text ?? "text",
        value: dataset.value ?? "value",
        breaks: (dataset.breaks ?? "").split(",").map(Number.parseFloat).filter(Number.isFinite),
        tiles: dataset.tiles || null,
    };
}

async function draw(element, library, areas) {
    const fields = names(element);
    const surface = document.createElement("div");
    surface.className = "concord-map__surface";
    element.classList.add("concord-map__drawing--live");
    element.append(surface);
    const extent = bounds(areas);
    const chart = new library.Map({
        container: surface, bounds: extent, fitBoundsOptions: { padding: 24 }, attributionControl: false,
        cooperativeGestures: true, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxZoom: 18,
        style: layers(element, areas, fields), locale: locale(element),
    });
    chart.touchZoomRotate.disableRotation();
    chart.keyboard.disableRotation();
    await new Promise((resolve, reject) => {
        chart.once("load", resolve);
        chart.once("error", (event) => reject(event.error));
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paints(chart, element, fields));
    paints(chart, element, fields);
    element.append(controls(chart, extent));
    attribute(element);
    key(element, fields);
    connect(element, chart, areas, fields);
}

function locale(element) {
    return {
        "Map.Title": element.dataset.title ?? "Map",
        "CooperativeGesturesHandler.WindowsHelpText": "Hold Ctrl and scroll to zoom the map",
        "CooperativeGesturesHandler.MacHelpText": "Hold ⌘ and scroll to zoom the map",
        "CooperativeGesturesHandler.MobileHelpText": "Use two fingers to move the map",
    };
}

function attribute(element) {
    if (!element.dataset.tiles || !element.dataset.attribution) return;
    const words = document.createElement("p");
    words.className = "concord-map__attribution";
    words.textContent = element.dataset.attribution;
    element.after(words);
}

// One current area, whether the pointer, the keyboard or a finger chose it.
function connect(element, chart, areas, fields) {
    const byCode = new Map(areas.features.map((area) => [String(area.properties[fields.id]), area]));
    const tooltip = makeTooltip(element, chart, fields);
    let current = null;

    const show = (code, { at, move = false } = {}) => {
        if (code !== current) {
            if (current !== null) chart.setFeatureState({ source: "areas", id: current }, { current: false });
            current = byCode.has(code) ? code : null;
            if (current !== null) chart.setFeatureState({ source: "areas", id: current }, { current: true });
            list.mark(current);
        }
        const area = byCode.get(current);
        if (!area) return tooltip.hide();
        const box = bounds({ features: [area] });
        const centre = [(box[0][0] + box[1][0]) / 2, (box[0][1] + box[1][1]) / 2];
        if (move) chart.fitBounds(box, { padding: 80, maxZoom: 14 });
        tooltip.show(area, at ?? (() => centre));
    };
    const list = beginList(document.getElementById(element.dataset.list), areas, fields, show);
    const code = (event) => {
        const found = event.features?.[0]?.properties[fields.id];
        return found === undefined ? null : String(found);
    };
    chart.on("mousemove", "areas", (event) => show(code(event), { at: () => event.lngLat }));
    chart.on("mouseleave", "areas", () => show(null));
    chart.on("click", "areas", (event) => {
        show(code(event), { at: () => event.lngLat });
        list.reveal(current);
        chart.easeTo({ center: event.lngLat });
    });
    chart.getCanvas().addEventListener("keydown", (event) => event.key === "Escape" && show(null));
}
