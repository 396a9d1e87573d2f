// The words that a script adds to a page, which the page may replace by attributes data-i18n.KEY.

export function words(element, defaults) {
    return (key, values = {}) => {
        const text = element.getAttribute(`data-i18n.${key}`) ?? defaults[key] ?? "";
        return text.replace(/%\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
    };
}

// The key for a number, "characters-under-limit" → "characters-under-limit.one".
export function counted(key, count) {
    return `${key}.${new Intl.PluralRules(document.documentElement.lang || "en").select(count)}`;
}

export function make(name, className, text) {
    const element = document.createElement(name);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
}

// Moves the focus to what cannot otherwise take it, and takes that ability away again once it leaves.
export function focusOnce(element) {
    if (!element.hasAttribute("tabindex")) {
        element.setAttribute("tabindex", "-1");
        element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
    }
    element.focus();
}
