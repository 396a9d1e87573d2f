"""A server for the gallery, with the application's content security policy."""

import html
import http.server
import json
import mimetypes
import threading
import time

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def escape(text):
    return html.escape(text)


def page(name, body):
    return f"""<!DOCTYPE html>
<html lang="en-GB" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{escape(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="/assets/scripts/early.js"></script>
<link rel="stylesheet" href="/assets/styles/site.css">
<link rel="stylesheet" href="/font.css">
<script src="/assets/scripts/concord.js" type="module"></script>
</head>
<body class="govuk-template__body">
{body if "<main" in body else f'<main class="govuk-width-container govuk-main-wrapper">{body}</main>'}
</body>
</html>
"""


# Three areas side by side, the last without a figure.
AREAS = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, "value": value, "text": text},
            "geometry": {"type": "Polygon", "coordinates": [[
                [west, 53.7], [west + 0.05, 53.7], [west + 0.05, 53.75], [west, 53.75], [west, 53.7],
            ]]},
        }
        for code, name, value, text, west in [
            ("W1", "Castle", 48.2, "48.2 per 1,000 people", -1.60),
            ("W2", "Riverside", 21.5, "21.5 per 1,000 people", -1.55),
            ("W3", "Moorend", 8.1, "8.1 per 1,000 people", -1.50),
            ("W4", "Thornhill", None, "No figure", -1.45),
        ]
    ],
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        path = self.path.split("?")[0]
        if path in self.server.pages:
            return self.answer("text/html; charset=utf-8", self.server.pages[path].encode())
        if path == "/font.css":
            font = self.server.font
            return self.answer("text/css", f':root {{ --font: "{font}" }}'.encode() if font else b"")
        if path == "/areas.geojson":
            return self.answer("application/geo+json", json.dumps(AREAS).encode())
        if path == "/part":
            return self.answer("text/html", b'<p id="fetched" class="govuk-body">A fetched part.</p>')
        if path == "/events":
            return self.events()
        if path == "/status":
            self.server.asked += 1
            half = '<div data-module="event-progress"><progress max="2" value="1"></progress></div>'
            text = page("Status", half if self.server.asked < 3 else "<p>Done</p>")
            return self.answer("text/html; charset=utf-8", text.encode())
        if path.startswith("/assets/") and ".." not in path:
            file = self.server.assets / path.removeprefix("/assets/")
            if file.is_file():
                return self.answer(mimetypes.guess_type(file.name)[0] or "text/plain", file.read_bytes())
        self.answer("text/html", b"<!DOCTYPE html><title>There is no such page</title>", 404)

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def events(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        for done in (0.25, 0.75):
            message = {"done": done, "message": f"{round(done * 100)} per cent", "state": "running"}
            self.wfile.write(f"data: {json.dumps(message)}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.2)
        self.wfile.write(b'data: {"done": 1, "state": "finished"}\n\n')

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, assets, pages, font=""):
        super().__init__(("127.0.0.1", 0), Handler)
        plain = page("Another page", '<h1 class="govuk-heading-l">Another page</h1>')
        named = {f"/{name}": text for name, text in pages.items()}
        self.pages = named | {"/finished": plain, "/elsewhere": plain}
        self.assets, self.font, self.asked = assets, font, 0
        self.address = f"http://127.0.0.1:{self.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()
