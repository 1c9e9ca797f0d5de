"""A workbook file opened with care, and in what words one that cannot be read is refused."""

from __future__ import annotations

from iopdocs.errors import LoadError
from iopdocs.files.text_file import read_bytes
from iopdocs.opc import COMPOUND, OpcError, OpcFault, OpcPackage, PackageLimits, open_package

LARGEST_FILE = 50_000_000
_LIMITS = PackageLimits(parts=2_000, part=200_000_000, tree=20_000_000, whole=400_000_000, elements=400_000)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AGAIN = "öppna den i Excel eller LibreOffice och spara den på nytt"
_REFUSALS = {
    OpcFault.DAMAGED: ("arbetsboken är skadad eller ofullständig", _SAVE_AGAIN),
    OpcFault.DOCTYPE: ("arbetsboken innehåller en DOCTYPE, och sådana läses inte", _SAVE_AGAIN),
    OpcFault.TOO_LARGE: (
        "arbetsboken är orimligt stor när den packas upp, och läses inte",
        "ta bort bilder, tomma formaterade rader och blad som inte behövs, eller dela upp den i flera",
    ),
    OpcFault.TOO_MANY: (
        "arbetsboken har orimligt många blad, stilar eller länkar, och läses inte",
        "ta bort det som inte behövs, eller kopiera bladen till en ny arbetsbok",
    ),
    OpcFault.LOCKED: (
        "arbetsboken är skyddad med lösenord",
        "öppna den i Excel, ta bort lösenordet (Arkiv → Info → Skydda arbetsbok) och spara",
    ),
}


def open_workbook(file: str) -> OpcPackage:
    """Return the opened workbook *file*.

    Raises:
        LoadError: when it cannot be read, or is plainly no workbook.
        OpcError: when it is a damaged zip, is encrypted, or would swell beyond all reason; see :func:`refused`.
    """
    data = read_bytes(file, LARGEST_FILE)
    refusal = _refusal(data)
    if refusal is not None:
        raise LoadError.one(*refusal, file)
    return open_package(data, _LIMITS)


def refused(error: OpcError, file: str) -> LoadError:
    """Return the error of the workbook *file*, which *error* stopped the reading of."""
    return LoadError.one(*_REFUSALS[error.fault], file)


def workbook_part(package: OpcPackage, file: str) -> str:
    """Return the name of the part that lists the sheets.

    Raises:
        LoadError: when the zip is something else than a workbook.
    """
    found = package.main
    if found in package.sizes and not found.startswith(("word/", "ppt/")) and found.endswith(".xml"):
        return found
    save = "öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)"
    if "mimetype" in package.sizes and "content.xml" in package.sizes:
        raise LoadError.one("är sparad i OpenDocument-format", save, file)
    if found.endswith(".bin"):
        raise LoadError.one("är sparad som binär arbetsbok (.xlsb)", save, file)
    if found.startswith("word/"):
        raise LoadError.one("är ett Word-dokument, ingen arbetsbok", "ange en arbetsbok (.xlsx) eller en CSV-fil", file)
    raise LoadError.one("är en zip-fil, men ingen arbetsbok", "ange en arbetsbok (.xlsx) eller en CSV-fil", file)


def _refusal(data: bytes) -> tuple[str, str] | None:
    save = "öppna den i Excel eller LibreOffice och spara den som Excel-arbetsbok (.xlsx)"
    if data.startswith(COMPOUND):
        return (
            _REFUSALS[OpcFault.LOCKED] if _ENCRYPTED in data else ("är sparad i det gamla Excel-formatet (.xls)", save)
        )
    if not data.strip():
        return "filen är tom", "börja från en mall: iopdocs workbook new mall.xlsx"
    if not data.startswith(b"PK"):
        return "är ingen arbetsbok, trots namnet", save
    return None
