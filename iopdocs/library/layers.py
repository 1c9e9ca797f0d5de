"""Layers and the library they make: the base layer with any number on top, first hit from the top wins."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError, Problem
from iopdocs.files.load import load_record
from iopdocs.files.text import read_text
from iopdocs.library.places import templates_dir
from iopdocs.library.profiles import Profile, parse_profile
from iopdocs.library.texts import LayerText, parse_text
from iopdocs.messages import _
from iopdocs.model.fields import entry

MANIFEST = "lager.yaml"
REFERENCE = "mall.docx"
_TEXT_FOLDERS = ("dokument", "avsnitt", "klausuler")
_LARGEST_REFERENCE = 20_000_000


@frozen(kw_only=True)
class Manifest:
    """What a layer says of itself in ``lager.yaml``."""

    name: str | None = entry("namn", "Namn", "Lagrets namn, till exempel exempelstad.")
    owner: str | None = entry("ägare", "Ägare", "Den som svarar för texterna.")
    version: str | None = entry("version", "Version", "Lagrets version.")
    base_version: str | None = entry(
        "grundversion", "Grundversion", "Den version av grundlagret som lagret skrevs för."
    )
    description: str | None = entry("beskrivning", "Beskrivning", "Vad lagret är till för.")


@frozen
class Layer:
    """One folder of texts, profiles and, if it has one, a reference document (*reference*, the bytes of a DOCX)."""

    name: str
    folder: str
    manifest: Manifest
    texts: Mapping[str, LayerText]
    profiles: Mapping[str, Profile]
    reference: bytes | None = field(repr=False)


@frozen(eq=False)
class Library:
    """Layers from the bottom (the base layer) to the top."""

    layers: tuple[Layer, ...]

    def find(self, name: str, below: int | None = None) -> tuple[int, LayerText] | None:
        """Return (layer number, text) of the topmost layer that has *name*, looking under layer *below* if given."""
        for number in range((len(self.layers) if below is None else below) - 1, -1, -1):
            if name in self.layers[number].texts:
                return number, self.layers[number].texts[name]
        return None

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Return the names of all texts below *folder*, sorted, each once."""
        return tuple(sorted({name for layer in self.layers for name in layer.texts if name.startswith(folder)}))

    def profile(self, name: str) -> Profile:
        """Return the profile *name* of the topmost layer that has it.

        Raises:
            LibraryError: when no layer has it; the message names those there are.
        """
        for layer in reversed(self.layers):
            if name in layer.profiles:
                return layer.profiles[name]
        known = ", ".join(sorted({known for layer in self.layers for known in layer.profiles}))
        raise LibraryError([Problem(_("profilen ”{name}” finns inte").format(name=name), _("välj bland: ") + known)])

    @property
    def reference(self) -> bytes | None:
        """The reference document of the topmost layer that has one."""
        return next((layer.reference for layer in reversed(self.layers) if layer.reference), None)

    def heading(self, section: str) -> str:
        """Return the heading of section text *section* (``mal``): the topmost front matter that gives one."""
        for layer in reversed(self.layers):
            text = layer.texts.get(f"avsnitt/{section}.md.j2")
            if text and text.front.heading:
                return text.front.heading
        return section.replace("_", " ").capitalize()

    @property
    def digest(self) -> str:
        """sha256 over every text and reference document, in order: the same words give the same digest."""
        whole = hashlib.sha256()
        for layer in self.layers:
            for name in sorted(layer.texts):
                whole.update(f"{name}\0{layer.texts[name].digest}\0".encode())
            whole.update(hashlib.sha256(layer.reference or b"").digest())
        return whole.hexdigest()


def load_library(layers: Sequence[str | Path] = ()) -> Library:
    """Return the library of the base layer with *layers* (folders) on top of it, the last one uppermost.

    Raises:
        LibraryError: when a folder is missing or no layer, or a file in it is wrong; every problem is listed.
    """
    found: list[Layer] = []
    problems: list[Problem] = []
    for folder in layers:
        try:
            found.append(_load_layer(Path(folder)))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    if problems:
        raise LibraryError(problems)
    library = Library((_base_layer(), *found))
    unused = _unused(library)
    if unused:
        raise LibraryError(unused)
    return library


_TAKEN_IN = re.compile(r"""\{%-?\s*(?:include|extends|import|from)\s+["'](?:bas/)?([^"']+)["']""")


def _unused(library: Library) -> list[Problem]:
    """Tell of each text of a layer on top that no document takes in: most often a name that is spelt wrong."""
    taken = {name for name in library.names() if name.startswith("dokument/")}
    waiting = list(taken)
    while waiting:
        name = waiting.pop()
        bodies = [layer.texts[name].body for layer in library.layers if name in layer.texts]
        new = {inner for body in bodies for inner in _TAKEN_IN.findall(body)} - taken
        taken |= new
        waiting += new
    problems = []
    for layer in library.layers[1:]:
        for name in sorted(set(layer.texts) - taken):
            near = difflib.get_close_matches(name, taken, n=1, cutoff=0.8)
            hint = (
                _("menade du {near}?").format(near=near[0])
                if near
                else _("ta in den med ”include” i en annan text, eller ta bort den")
            )
            problems.append(Problem(_("texten används inte i något dokument"), hint, layer.texts[name].file))
    return problems


@cache
def _base_layer() -> Layer:
    return _load_layer(templates_dir())


def _load_layer(folder: Path) -> Layer:
    if not folder.is_dir():
        what = _("är ingen mapp") if folder.exists() else _("lagret finns inte")
        raise LibraryError([Problem(what, _("ange en mapp som innehåller lager.yaml"), str(folder))])
    manifest = _manifest(folder)
    name = manifest.name or folder.name
    texts: dict[str, LayerText] = {}
    profiles: dict[str, Profile] = {}
    problems: list[Problem] = []
    for path in sorted(path for top in _TEXT_FOLDERS for path in (folder / top).rglob("*.j2")):
        relative = str(PurePosixPath(path.relative_to(folder)))
        try:
            texts[relative] = parse_text(read_text(path), name=relative, layer=name, file=str(path))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    for path in sorted((folder / "profiler").glob("*.yaml")):
        try:
            profiles[path.stem] = parse_profile(read_text(path), name=path.stem, file=str(path))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    if problems:
        raise LibraryError(problems)
    return Layer(name, str(folder), manifest, texts, profiles, _reference(folder / REFERENCE))


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        raise LibraryError(
            [Problem(_("mappen är inget lager: lager.yaml saknas"), _("skapa lager.yaml med ”namn: …”"), str(folder))]
        )
    manifest, _positions = load_record(read_text(path), Manifest, file=str(path))
    return manifest


def _reference(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _LARGEST_REFERENCE:
            raise LibraryError(
                [Problem(_("referensdokumentet är större än 20 MB"), _("minska bilderna i det"), str(path))]
            )
        return path.read_bytes()
    except OSError as error:
        raise LibraryError(
            [Problem(_("filen kan inte läsas"), _("kontrollera att du får läsa den"), str(path))]
        ) from error
