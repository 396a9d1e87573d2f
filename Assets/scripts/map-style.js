// The colours of a map, read from the style sheets, so that they follow the partnership and the dark screen.

const shades = { 1: [3], 2: [2, 4], 3: [1, 3, 5], 4: [1, 2, 4, 5], 5: [1, 2, 3, 4, 5] };

// The shade, 1 to 5, of each class: neighbours far apart when there are few. As ClassBreaks.paints.
export function classShades(breaks) {
    return shades[Math.min(breaks.length + 1, 5)];
}

export function bounds({ features }) {
    const box = [[Infinity, Infinity], [-Infinity, -Infinity]];
    const take = (part) => {
        if (typeof part[0] !== "number") return part.forEach(take);
        for (const axis of [0, 1]) {
            box[0][axis] = Math.min(box[0][axis], part[axis]);
            box[1][axis] = Math.max(box[1][axis], part[axis]);
        }
    };
    features.forEach(({ geometry }) => geometry && take(geometry.coordinates));
    if (!Number.isFinite(box[0][0])) throw new Error("The areas have no shape");
    return box;
}

function colours(element) {
    const style = getComputedStyle(element);
    return (name) => style.getPropertyValue(`--${name}`).trim();
}

function shade(colour, { value, breaks }) {
    const [first, ...rest] = classShades(breaks).map((shade) => colour(`q${shade}`));
    if (rest.length === 0) return first;
    const steps = breaks.slice(0, 4).flatMap((limit, index) => [limit, rest[index]]);
    return ["step", ["to-number", ["get", value]], first, ...steps];
}

export function layers(element, areas, fields) {
    const colour = colours(element);
    const known = ["==", ["typeof", ["get", fields.value]], "number"];
    const current = ["boolean", ["feature-state", "current"], false];
    const sources = { areas: { type: "geojson", data: areas, promoteId: fields.id } };
    const all = [{ id: "ground", type: "background", paint: { "background-color": colour("paper") } }];
    if (fields.tiles) {
        sources.tiles = { type: "raster", tiles: [new URL(fields.tiles, location.href).href], tileSize: 256 };
        all.push({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-saturation": -0.8 } });
    }
    const opacity = fields.tiles ? 0.75 : 1;
    all.push(
        { id: "areas", type: "fill", source: "areas", paint: { "fill-opacity": opacity } },
        { id: "figures", type: "fill", source: "areas", filter: known, paint: { "fill-opacity": opacity } },
        { id: "unknown", type: "fill", source: "areas", filter: ["!", known], paint: {} },
        { id: "borders", type: "line", source: "areas", paint: { "line-width": 0.8 } },
        { id: "halo", type: "line", source: "areas", paint: { "line-width": ["case", current, 6, 0] } },
        { id: "current", type: "line", source: "areas", paint: { "line-width": ["case", current, 3, 0] } },
    );
    return { version: 8, sources, layers: all };
}

// Gives the layers their colours, at first and when the screen turns dark or light.
export function paints(chart, element, fields) {
    const colour = colours(element);
    chart.setPaintProperty("ground", "background-color", colour("paper"));
    chart.setPaintProperty("areas", "fill-color", colour("none"));
    chart.setPaintProperty("figures", "fill-color", shade(colour, fields));
    chart.setPaintProperty("borders", "line-color", colour("border"));
    chart.setPaintProperty("halo", "line-color", colour("paper"));
    chart.setPaintProperty("current", "line-color", colour("ink"));
    const hatch = hatching(colour("border"));
    if (chart.hasImage("hatch")) chart.updateImage("hatch", hatch);
    else chart.addImage("hatch", hatch);
    chart.setPaintProperty("unknown", "fill-pattern", "hatch");
}

// Slanted lines for areas without a figure, as in the drawing.
function hatching(colour) {
    const size = 8;
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size });
    const context = canvas.getContext("2d");
    context.strokeStyle = colour;
    context.lineWidth = 1;
    for (const start of [-size, 0, size]) {
        context.moveTo(start, size);
        context.lineTo(start + size, 0);
    }
    context.stroke();
    return context.getImageData(0, 0, size, size);
}
