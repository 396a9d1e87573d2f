// A banner that announces (role="alert") takes the focus when the page opens.

import { focusOnce } from "./words.js";

export default function notificationBanner(banner) {
    if (banner.getAttribute("role") !== "alert" || banner.dataset.disableAutoFocus === "true") return;
    focusOnce(banner);
}
