#!/usr/bin/env python3
"""slow_server.py ORIGIN MILLISECONDS: serves what ORIGIN serves, every answer MILLISECONDS late.

Prints its own origin. What it fetched once it remembers, so that from the second time on the delay is exact.
"""
import http.server
import sys
import time
import urllib.error
import urllib.request

origin, delay = sys.argv[1], int(sys.argv[2]) / 1000
remembered = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        begin = time.monotonic()
        wanted = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        key = (self.command, self.path, str(sorted(wanted.items())))
        if key not in remembered:
            remembered[key] = self.fetch(wanted)
        status, headers, body = remembered[key]
        time.sleep(max(0, delay - (time.monotonic() - begin)))
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_OPTIONS = answer

    def fetch(self, headers):
        request = urllib.request.Request(origin + self.path, headers=headers, method=self.command)
        try:
            response = urllib.request.urlopen(request)
        except urllib.error.HTTPError as error:
            response = error
        body = response.read().replace(origin.encode(), own_origin.encode())
        hop_by_hop = ("content-length", "connection", "keep-alive", "transfer-encoding")
        return response.status, [item for item in response.headers.items() if item[0].lower() not in hop_by_hop], body

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
own_origin = f"http://localhost:{server.server_port}"
print(own_origin, flush=True)
server.serve_forever()
