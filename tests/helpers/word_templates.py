"""The Word templates of tests/templates, and ways to change a Word file for a test."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import ModuleType

FOLDER = Path(__file__).parents[1] / "templates"
ROOT = Path(__file__).parents[2]
SWEDISH, BARE, OFFICE = (FOLDER / name for name in ("svenska-stilar.docx", "bara-normal.docx", "libreoffice.docx"))
TEMPLATES = (SWEDISH, BARE, OFFICE)
OURS = ROOT / "templates" / "sv" / "mall.docx"

MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"


def script() -> ModuleType:
    """Return the module that makes the templates."""
    spec = importlib.util.spec_from_file_location("make_templates", FOLDER / "make_templates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(found: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in found.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return buffer.getvalue()


def changed(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """Return the file *data* with *part* changed; the change must change something."""
    found = parts(data)
    before = found[part].decode()
    after = change(before)
    assert after != before
    return packed(found | {part: after.encode()})


def replaced(data: bytes, part: str, *pairs: tuple[str, str]) -> bytes:
    """Return the file *data* with texts of *part* replaced; each must be there."""
    for old, new in pairs:
        assert old in parts(data)[part].decode(), old
        data = changed(data, part, lambda text, old=old, new=new: text.replace(old, new))  # type: ignore[misc]
    return data


def of_type(data: bytes, kind: str) -> bytes:
    """Return the file *data* with *kind* as the content type of its main part."""
    return replaced(data, "[Content_Types].xml", (MAIN_TYPE, kind))
