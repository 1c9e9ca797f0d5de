"""Access control: only a browser on this computer, at the address of the preview, may make requests, and only to read.

A foreign page can make a browser send requests to 127.0.0.1, also under its own host name (DNS rebinding). The Host
header then contains that name, and requests from the page's script contain its origin: both are refused.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from attrs import frozen
from starlette.responses import PlainTextResponse, Response

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@frozen
class Guard:
    """Passes requests to 127.0.0.1 or localhost at *port* on to *application*, and adds headers to every response."""

    application: Application
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (the ASGI protocol)."""
        if scope["type"] == "lifespan":
            await self.application(scope, receive, send)
        elif scope["type"] == "http":
            refusal = self._refusal(scope)
            await (refusal or self.application)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        hosts = [value for name, value in headers if name == "host"]
        own = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        if len(hosts) != 1 or hosts[0].lower() not in own:
            return PlainTextResponse("Sidan finns bara på den här datorn, på adressen 127.0.0.1.", 421)
        origins = [value for name, value in headers if name == "origin"]
        if any(origin.lower() not in {f"http://{host}" for host in own} for origin in origins):
            return PlainTextResponse("En annan webbplats får inte läsa den här sidan.", 403)
        said = {name: value for name, value in headers if name.startswith("sec-fetch-")}
        if said.get("sec-fetch-site") in ("cross-site", "same-site") and said.get("sec-fetch-mode") != "navigate":
            return PlainTextResponse("En annan webbplats får inte läsa den här sidan.", 403)
        if scope["method"] != "GET":
            return PlainTextResponse("Här går det bara att läsa.", 405, {"Allow": "GET"})
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", ()), *extra]
        await send(message)

    return sending
