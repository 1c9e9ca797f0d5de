"""The examples in examples/python/ run, are typed, and do what docs/python.md says of them."""

from __future__ import annotations

import importlib.util
import json
import runpy
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import docx
import pytest

import iopdocs
from tests.helpers.type_checkers import type_check

FOLDER = Path(__file__).parents[2] / "examples" / "python"
FORM = {
    "titel": "Trygga kvällar / på sjön",
    "parter": [{"namn": "Exempelstads kommun", "typ": "kommun"}, {"namn": "Kvällsvandrarna", "typ": "ideell förening"}],
    "ekonomi": {"resurser": [{"part": "Exempelstads kommun", "år": 2027, "belopp": 900000.5}]},
}

# Newer versions of starlette ask for the successor of httpx, which the older ones do not know.
pytestmark = pytest.mark.filterwarnings("ignore:Using `httpx`")


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    pytest.importorskip("fastapi", reason="fastapi är inte installerat: pip install fastapi httpx")
    pytest.importorskip("httpx", reason="httpx är inte installerat: pip install httpx")
    monkeypatch.setenv("AGREEMENTS", str(tmp_path / "avtal.sqlite"))
    monkeypatch.delenv("LAYERS", raising=False)
    spec = importlib.util.spec_from_file_location("service", FOLDER / "service.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "service", module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def client(service: ModuleType) -> Any:
    from fastapi.testclient import TestClient

    return TestClient(service.app)


def text_of(answer: Any) -> str:
    """Return the text of a Word document that the service answered with."""
    assert answer.status_code == 200, answer.text
    document = docx.Document(BytesIO(answer.content))
    return "\n".join(paragraph.text for paragraph in document.paragraphs).replace("\u00a0", " ")


def test_a_bad_form_is_answered_with_every_error_at_its_field(client: Any) -> None:
    bad = {"titel": "x", "parter": [{"namn": "A", "typ": "komun", "organisationsnummer": "12"}], "avtalstd": {}}
    answer = client.post("/agreements", json=bad)
    assert answer.status_code == 422
    errors = {one["path"]: one for one in answer.json()["errors"]}
    assert list(errors) == ["parter[1].typ", "parter[1].organisationsnummer", "avtalstd"]
    assert errors["parter[1].typ"]["label"] == "Parter › Typ av part"
    assert errors["parter[1].typ"]["code"] == "okänt-ord"
    assert "kommun" in errors["parter[1].typ"]["hint"]
    assert errors["avtalstd"]["code"] == "okänd-nyckel"
    assert all(one["message"] for one in errors.values())


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "fel-syntax"), (b"\xff\xfe", "oläslig-fil"), (b"[]", "fel-typ"), (b'{"titel": "\\ud800"}', "fel-syntax")],
)
def test_what_is_no_form_is_refused_as_well(client: Any, body: bytes, code: str) -> None:
    answer = client.post("/lint", content=body)
    assert answer.status_code == 422
    assert [one["code"] for one in answer.json()["errors"]] == [code]


def test_a_stored_agreement_is_read_back_equal(client: Any) -> None:
    stored = client.post("/agreements", json=FORM)
    assert stored.status_code == 201
    data = client.get(f"/agreements/{stored.json()['id']}").json()
    assert iopdocs.from_dict(data) == iopdocs.from_dict(FORM)
    assert client.get("/agreements/999").status_code == 404
    assert client.get(f"/agreements/{10**30}").status_code == 422


def test_documents_are_streamed_and_named(client: Any) -> None:
    number = client.post("/agreements", json=FORM).json()["id"]
    answer = client.get(f"/agreements/{number}/document")
    assert "Trygga kvällar" in text_of(answer)
    assert answer.headers["content-disposition"].endswith("Trygga%20kv%C3%A4llar%20%2F%20p%C3%A5%20sj%C3%B6n.docx")
    assert client.post("/document", json=FORM).content == answer.content
    assert len(client.post("/document", json={"titel": "å\n" * 20000}).headers["content-disposition"]) < 1000


def test_a_final_document_is_refused_with_the_fields_that_lack_something(client: Any) -> None:
    answer = client.post("/document", params={"final": True}, json=FORM)
    assert answer.status_code == 422
    errors = answer.json()["errors"]
    assert "K101" in [one["code"] for one in errors]
    assert all(one["message"] and one["hint"] for one in errors)


def test_an_agreement_too_long_for_a_document_is_refused(client: Any) -> None:
    answer = client.post("/document", json={"parter": [{"namn": f"P{number}"} for number in range(5000)]})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 1


def test_findings_have_their_codes_and_levels(client: Any) -> None:
    findings = client.post("/lint", json=FORM).json()["fynd"]
    assert ("K101", "fel") in [(one["kod"], one["nivå"]) for one in findings]


def test_a_body_that_is_too_long_is_refused_before_it_is_read_to_its_end(client: Any, service: ModuleType) -> None:
    sent = 0

    def endless() -> Any:
        nonlocal sent
        for _ in range(3):
            sent += service.LONGEST_BODY // 2
            yield b" " * (service.LONGEST_BODY // 2)

    assert client.post("/lint", content=endless()).status_code == 413
    assert client.post("/lint", content=b" " * (service.LONGEST_BODY + 1)).status_code == 413


def test_threads_share_the_library_and_the_database(client: Any) -> None:
    with ThreadPoolExecutor(8) as pool:
        documents = list(pool.map(lambda _: client.post("/document", json=FORM).content, range(8)))
        numbers = list(pool.map(lambda _: client.post("/agreements", json=FORM).json()["id"], range(16)))
    assert len(set(documents)) == 1
    assert len(set(numbers)) == 16


def test_its_schema_accepts_the_form(client: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(FORM, client.get("/schema").json())


def test_an_agreement_of_objects_is_linted_rendered_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = FOLDER / "build_agreement.py"
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path / "ny" / "ut")])
    runpy.run_path(str(script), run_name="__main__")
    assert "fel K114 parter[1].undertecknare: Underskrift saknas" in capsys.readouterr().out
    assert (tmp_path / "ny" / "ut" / "avtal.docx").read_bytes().startswith(b"PK")
    read = iopdocs.load(tmp_path / "ny" / "ut" / "avtal.yaml")
    assert json.dumps(iopdocs.to_dict(read)) == json.dumps(iopdocs.to_dict(runpy.run_path(str(script))["build"]()))
    runpy.run_path(str(script), run_name="__main__")


@pytest.mark.parametrize("checker", ["mypy", "basedpyright"])
def test_a_type_checker_accepts_the_examples(checker: str, tmp_path: Path) -> None:
    pytest.importorskip("fastapi", reason="fastapi är inte installerat: pip install fastapi httpx")
    for script in FOLDER.glob("*.py"):
        shutil.copy(script, tmp_path)
    code, report = type_check(checker, tmp_path)
    assert code == 0, report
