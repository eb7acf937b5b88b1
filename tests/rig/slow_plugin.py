#!/usr/bin/env python3
"""A plugin on loopback whose every answer takes MILLISECONDS; prints its port and serves until it is killed."""
import http.server
import pathlib
import sys
import time

root = pathlib.Path(__file__).resolve().parent.parent.parent / "fixtures/plugins/todo"
delay = int(sys.argv[1]) / 1000
types = {".json": "application/json", ".yaml": "text/yaml", ".png": "image/png", ".html": "text/html; charset=utf-8"}


class Plugin(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        time.sleep(delay)
        path = root / self.path.lstrip("/")
        if not path.is_file() and path.with_suffix(".html").is_file():
            path = path.with_suffix(".html")
        found = path.is_file()
        body = path.read_bytes() if found else b"not found"
        origin = f"http://localhost:{self.server.server_address[1]}".encode()
        if path.suffix in (".json", ".yaml", ".html"):
            body = body.replace(b"https://todo.plugvet.dev", origin)
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", types.get(path.suffix, "text/plain"))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Access-Control-Allow-Origin", "https://chat.openai.com")
        self.send_header("Access-Control-Allow-Headers", "content-type, openai-conversation-id, openai-ephemeral-user-id")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_OPTIONS = do_GET

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Plugin)
print(server.server_address[1], flush=True)
server.serve_forever()
