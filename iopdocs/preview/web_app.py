"""The preview as a web application: the page, its files, and notices of changes."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from iopdocs.preview.access_guard import Application, Guard
from iopdocs.preview.current_view import PreviewState
from iopdocs.preview.page import page_of
from iopdocs.preview.watcher import follow
from iopdocs.writers.html_style import STYLE

_LOOK_EVERY = 0.1  # seconds
_SIGN_OF_LIFE = 15.0  # seconds
_FILES = {"skript.js": "text/javascript", "ikon.svg": "image/svg+xml"}


def make_app(showcase: PreviewState, port: int, stopping: Callable[[], bool] = lambda: False) -> Application:
    """Return the application that shows *showcase* at *port*, and follows its files while it runs.

    Every file it serves is read here: no part of a request is used as a file name. *stopping* returns whether the
    server is ending, so that pages that listen for changes do not delay it.
    """
    run = secrets.token_hex(4)
    folder = Path(__file__).parent / "page_files"
    files = {name: (folder.joinpath(name).read_text(encoding="utf-8"), kind) for name, kind in _FILES.items()}
    files["stil.css"] = (STYLE + folder.joinpath("stil.css").read_text(encoding="utf-8"), "text/css")

    async def page(request: Request) -> Response:
        view = await run_in_threadpool(showcase.look, request.query_params.get("exempel", ""))
        return HTMLResponse(page_of(view, run))

    def file(name: str) -> Route:
        text, kind = files[name]

        async def answer(_request: Request) -> Response:
            return Response(text, media_type=kind)

        return Route(f"/{name}", answer)

    async def changes(_request: Request) -> Response:
        return StreamingResponse(_changes(showcase, run, stopping), media_type="text/event-stream")

    @asynccontextmanager
    async def watching(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(follow(showcase.source.places, showcase.changed))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    routes = [Route("/", page), Route("/handelser", changes), *(file(name) for name in files)]
    return Guard(Starlette(routes=routes, lifespan=watching), port)


async def _changes(showcase: PreviewState, run: str, stopping: Callable[[], bool]) -> AsyncIterator[str]:
    """Yield the version of the view, now and at every change, as server-sent events."""
    yield "retry: 1000\n\n"
    sent, silent = 0, 0.0
    while not stopping():
        if showcase.version != sent:
            sent, silent = showcase.version, 0.0
            yield f"data: {run}.{sent}\n\n"
        elif silent > _SIGN_OF_LIFE:
            silent = 0.0
            yield ": \n\n"
        await asyncio.sleep(_LOOK_EVERY)
        silent += _LOOK_EVERY
