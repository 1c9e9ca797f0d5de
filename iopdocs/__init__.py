"""iopdocs: Swedish IOP agreements (idéburet offentligt partnerskap) from data to documents, with a linter.

Four lines make a document::

    import iopdocs
    agreement = iopdocs.load("avtal.yaml")
    document = iopdocs.render(agreement)
    document.save("avtal.docx")

Everything here is loaded when it is first used, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iopdocs.api import NotFinalError as NotFinalError
    from iopdocs.api import lint as lint
    from iopdocs.api import render as render
    from iopdocs.api import review as review
    from iopdocs.document.tree import Document as Document
    from iopdocs.errors import IopdocsError as IopdocsError
    from iopdocs.errors import LibraryError as LibraryError
    from iopdocs.errors import LoadError as LoadError
    from iopdocs.errors import RenderError as RenderError
    from iopdocs.errors import WriteError as WriteError
    from iopdocs.files.data_writer import dump as dump
    from iopdocs.files.data_writer import dumps as dumps
    from iopdocs.files.dicts import from_dict as from_dict
    from iopdocs.files.dicts import to_dict as to_dict
    from iopdocs.files.loader import load as load
    from iopdocs.files.loader import loads as loads
    from iopdocs.files.schema import schema as schema
    from iopdocs.findings import Finding as Finding
    from iopdocs.library.layer_reader import load_library as load_library
    from iopdocs.linter.report import Report as Report
    from iopdocs.model.agreement import Agreement as Agreement

    __version__: str

_MODULES = {
    "api": "NotFinalError lint render review",
    "document.tree": "Document",
    "errors": "IopdocsError LibraryError LoadError RenderError WriteError",
    "files.data_writer": "dump dumps",
    "files.dicts": "from_dict to_dict",
    "files.loader": "load loads",
    "files.schema": "schema",
    "findings": "Finding",
    "library.layer_reader": "load_library",
    "linter.report": "Report",
    "model.agreement": "Agreement",
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = sorted(_WHERE)


if not TYPE_CHECKING:  # A type checker that sees this believes that every name is there.

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from importlib.metadata import version

            return version("iopdocs")
        if name not in _WHERE:
            raise AttributeError(f"module 'iopdocs' has no attribute {name!r}")
        return getattr(import_module(f"iopdocs.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
