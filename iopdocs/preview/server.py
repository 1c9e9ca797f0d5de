"""The server: one address on this computer, bound before anything is shown, and a quiet shutdown."""

from __future__ import annotations

import os
import socket

import uvicorn

from iopdocs.errors import Problem, ProblemsError
from iopdocs.preview.current_view import PreviewState
from iopdocs.preview.web_app import make_app

HOST = "127.0.0.1"


class PortError(ProblemsError):
    """The port cannot be used."""


def listen(port: int = 0) -> socket.socket:
    """Return a socket that listens on *port* of this computer alone; 0 takes a free one.

    Raises:
        PortError: when another program uses the port, or it needs permissions that the user lacks.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "nt":
            # Otherwise Windows lets another program listen on the same port.
            made.setsockopt(socket.SOL_SOCKET, getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR), 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((HOST, port))
        made.listen(64)
    except OSError as error:
        made.close()
        message = f"porten {port} går inte att använda"
        raise PortError([Problem(message, "välj en annan, eller utelämna --port")]) from error
    return made


def server_of(showcase: PreviewState, listening: socket.socket) -> uvicorn.Server:
    """Return a server that shows *showcase*; ``run(sockets=[listening])`` runs it until Ctrl-C."""
    app = make_app(showcase, listening.getsockname()[1], stopping=lambda: server.should_exit)
    server = uvicorn.Server(
        uvicorn.Config(
            app, log_config=None, log_level="critical", access_log=False, server_header=False, ws="none", http="h11",
            loop="asyncio", lifespan="on", proxy_headers=False, timeout_graceful_shutdown=2,
        )
    )  # fmt: skip
    return server


def address_of(listening: socket.socket) -> str:
    """Return the address to open in a browser."""
    return f"http://{HOST}:{listening.getsockname()[1]}/"
