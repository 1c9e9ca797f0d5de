"""iopdocs: Swedish IOP agreements (idéburet offentligt partnerskap) from data to documents, with a linter.

Four lines make a document::

    import iopdocs
    agreement = iopdocs.load("avtal.yaml")
    document = iopdocs.render(agreement)
    document.save("avtal.docx")

The classes of an agreement are in :mod:`iopdocs.model`, those of its values in :mod:`iopdocs.values`, and what rules of
one's own are made of in :mod:`iopdocs.rules`. Everything here is loaded when it is first used, so that importing the
package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iopdocs.accessibility.check_result import CheckedDocument as CheckedDocument
    from iopdocs.accessibility.check_result import RequirementResult as RequirementResult
    from iopdocs.accessibility.check_result import RequirementVerdict as RequirementVerdict
    from iopdocs.accessibility.checker import check_document as check_document
    from iopdocs.accessibility.package import UnreadableDocument as UnreadableDocument
    from iopdocs.api import NotFinalError as NotFinalError
    from iopdocs.api import choose_form as choose_form
    from iopdocs.api import lint as lint
    from iopdocs.api import render as render
    from iopdocs.api import review as review
    from iopdocs.batch.outcome import AgreementOutcome as AgreementOutcome
    from iopdocs.batch.outcome import BatchReport as BatchReport
    from iopdocs.batch.outcome import OutcomeState as OutcomeState
    from iopdocs.batch.outcome import WrittenDocument as WrittenDocument
    from iopdocs.batch.report_file import write_report as write_report
    from iopdocs.batch.whole_batch import run_batch as run_batch
    from iopdocs.document.tree import Document as Document
    from iopdocs.errors import IopdocsError as IopdocsError
    from iopdocs.errors import LibraryError as LibraryError
    from iopdocs.errors import LoadError as LoadError
    from iopdocs.errors import Position as Position
    from iopdocs.errors import Problem as Problem
    from iopdocs.errors import RecordError as RecordError
    from iopdocs.errors import RenderError as RenderError
    from iopdocs.errors import WriteError as WriteError
    from iopdocs.files.between_formats import convert as convert
    from iopdocs.files.data_writer import dump as dump
    from iopdocs.files.data_writer import dumps as dumps
    from iopdocs.files.dicts import from_dict as from_dict
    from iopdocs.files.dicts import to_dict as to_dict
    from iopdocs.files.loader import load as load
    from iopdocs.files.loader import loads as loads
    from iopdocs.files.schema import schema as schema
    from iopdocs.findings import FailOn as FailOn
    from iopdocs.findings import Finding as Finding
    from iopdocs.findings import Level as Level
    from iopdocs.library.layer_reader import load_library as load_library
    from iopdocs.library.layers import Library as Library
    from iopdocs.library.rule_limits import Limits as Limits
    from iopdocs.linter.form_advice import Advice as Advice
    from iopdocs.linter.form_advice import FormVerdict as FormVerdict
    from iopdocs.linter.report import Report as Report
    from iopdocs.model.agreement import Agreement as Agreement
    from iopdocs.register.collection import make_register as make_register
    from iopdocs.register.register_file import write_register as write_register
    from iopdocs.register.rows import Register as Register
    from iopdocs.register.rows import RegisterRow as RegisterRow
    from iopdocs.register.rows import Watch as Watch
    from iopdocs.register.rows import WatchKind as WatchKind

    __version__: str

_MODULES = {
    "accessibility.check_result": "CheckedDocument RequirementResult RequirementVerdict",
    "accessibility.checker": "check_document",
    "accessibility.package": "UnreadableDocument",
    "api": "NotFinalError choose_form lint render review",
    "batch.outcome": "AgreementOutcome BatchReport OutcomeState WrittenDocument",
    "batch.report_file": "write_report",
    "batch.whole_batch": "run_batch",
    "document.tree": "Document",
    "errors": "IopdocsError LibraryError LoadError Position Problem RecordError RenderError WriteError",
    "files.between_formats": "convert",
    "files.data_writer": "dump dumps",
    "files.dicts": "from_dict to_dict",
    "files.loader": "load loads",
    "files.schema": "schema",
    "findings": "FailOn Finding Level",
    "library.layer_reader": "load_library",
    "library.layers": "Library",
    "library.rule_limits": "Limits",
    "linter.form_advice": "Advice FormVerdict",
    "linter.report": "Report",
    "model.agreement": "Agreement",
    "register.collection": "make_register",
    "register.register_file": "write_register",
    "register.rows": "Register RegisterRow Watch WatchKind",
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [
    "Advice",
    "Agreement",
    "AgreementOutcome",
    "BatchReport",
    "CheckedDocument",
    "Document",
    "FailOn",
    "Finding",
    "FormVerdict",
    "IopdocsError",
    "Level",
    "Library",
    "LibraryError",
    "Limits",
    "LoadError",
    "NotFinalError",
    "OutcomeState",
    "Position",
    "Problem",
    "RecordError",
    "Register",
    "RegisterRow",
    "RenderError",
    "Report",
    "RequirementResult",
    "RequirementVerdict",
    "UnreadableDocument",
    "Watch",
    "WatchKind",
    "WriteError",
    "WrittenDocument",
    "check_document",
    "choose_form",
    "convert",
    "dump",
    "dumps",
    "from_dict",
    "lint",
    "load",
    "load_library",
    "loads",
    "make_register",
    "render",
    "review",
    "run_batch",
    "schema",
    "to_dict",
    "write_register",
    "write_report",
]


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
