"""A web service for agreements: data come in as JSON, out come field errors, findings and Word documents; SQLite keeps them.

Copy the file and change it. In an environment with iopdocs::

    python -m pip install fastapi uvicorn
    python -m uvicorn service:app --app-dir examples/python

Environment variables: AGREEMENTS is the database file (``avtal.sqlite``), LAYERS the folders of layers, separated as in PATH.
"""

import json
import os
import sqlite3
from contextlib import closing
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends, FastAPI, HTTPException, Path, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse

import iopdocs

DATABASE = os.environ.get("AGREEMENTS", "avtal.sqlite")
LAYERS = [folder for folder in os.environ.get("LAYERS", "").split(os.pathsep) if folder]
PROFILES = ("grund",)  # what an agreement must hold; perhaps one of your own layer too
LONGEST_BODY = 100_000  # bytes; the longest example has 42 000, and the worst that is so long takes two seconds
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# Read once when the service starts, and shared by all threads: a library never changes.
library = iopdocs.load_library(LAYERS)
app = FastAPI(title="Avtal om idéburet offentligt partnerskap")


async def read_body(request: Request) -> bytes:
    """Return the body of the request, which is refused as soon as it is too long, whatever its headers say."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise HTTPException(413, f"högst {LONGEST_BODY} byte tas emot")
    return bytes(body)


# Neither this function nor those below are async: FastAPI runs them in its threads, and the event loop never waits for them.
def read_agreement(body: Annotated[bytes, Depends(read_body)]) -> iopdocs.Agreement:
    """Return the agreement of the form, whose JSON has the Swedish keys of a data file."""
    return iopdocs.loads(body, kind="json", file="formuläret")


def connect() -> sqlite3.Connection:
    """Return a connection to the database, for one use: SQLite's connections are not shared by threads."""
    connection = sqlite3.connect(DATABASE)
    connection.execute("CREATE TABLE IF NOT EXISTS agreement (id INTEGER PRIMARY KEY, title TEXT, data TEXT NOT NULL)")
    return connection


def stored(number: Annotated[int, Path(ge=1, le=2**63 - 1)]) -> iopdocs.Agreement:
    """Return a stored agreement, which is equal to the one that came in."""
    with closing(connect()) as connection:
        row = connection.execute("SELECT data FROM agreement WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise HTTPException(404, f"det finns inget avtal {number}")
    return iopdocs.from_dict(json.loads(row[0]))


Form = Annotated[iopdocs.Agreement, Depends(read_agreement)]
Stored = Annotated[iopdocs.Agreement, Depends(stored)]


@app.exception_handler(iopdocs.LoadError)
@app.exception_handler(iopdocs.NotFinalError)
@app.exception_handler(iopdocs.RenderError)  # thousands of parties, say: a document has a greatest length
def refused(_request: Request, error: Any) -> JSONResponse:
    """Answer with every problem at once: path and label lead to the field, code is for programs, the rest is for people."""
    keys = ("path", "label", "code", "message", "hint")
    return JSONResponse({"errors": [{key: getattr(one, key) for key in keys} for one in error.problems]}, 422)


@app.get("/schema")
def schema() -> dict[str, Any]:
    """Return the JSON Schema of an agreement, from which a form can be made."""
    return iopdocs.schema()


@app.post("/lint")
def lint(agreement: Form) -> dict[str, Any]:
    """Return what is missing from the agreement and what looks wrong."""
    return iopdocs.lint(agreement, profiles=PROFILES, today=date.today(), library=library).as_data()


@app.post("/agreements", status_code=201)
def store(agreement: Form) -> dict[str, int | None]:
    """Store the agreement and return its number."""
    data = json.dumps(iopdocs.to_dict(agreement), ensure_ascii=False)
    with closing(connect()) as connection, connection:
        cursor = connection.execute("INSERT INTO agreement (title, data) VALUES (?, ?)", (agreement.title, data))
    return {"id": cursor.lastrowid}


@app.get("/agreements/{number}")
def read_back(agreement: Stored) -> dict[str, Any]:
    """Return the data of a stored agreement."""
    return iopdocs.to_dict(agreement)


@app.post("/document")
def document(agreement: Form, final: bool = False) -> Response:
    """Return the agreement as a Word document: a draft, or with ``?final=true`` one to sign, refused while something is missing."""
    return as_word(agreement, final)


@app.get("/agreements/{number}/document")
def document_of_stored(agreement: Stored, final: bool = False) -> Response:
    """Return a stored agreement as a Word document."""
    return as_word(agreement, final)


def as_word(agreement: iopdocs.Agreement, final: bool) -> Response:
    """Return the answer that a browser saves as a file: it is never written to this machine's disk."""
    made = iopdocs.render(agreement, final=final, profiles=PROFILES, library=library).to_docx()
    pieces = (made[start : start + 65536] for start in range(0, len(made), 65536))
    name = quote(f"{(agreement.title or 'avtal')[:80]}.docx", safe="")
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{name}", "Content-Length": str(len(made))}
    return StreamingResponse(pieces, media_type=WORD, headers=headers)
