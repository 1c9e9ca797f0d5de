"""Layers and the library they make: the base layer with any number on top, first hit from the top wins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError, Problem
from iopdocs.files.loader import load_record
from iopdocs.files.text_file import read_text
from iopdocs.library.agreement_facts import problems_of_facts
from iopdocs.library.base_layer import templates_dir
from iopdocs.library.clauses import Clause, clauses_of, folded, front_of, problems_of_clauses, same_id
from iopdocs.library.form_questions import FILE as CHOICES
from iopdocs.library.form_questions import Choices, parse_choices
from iopdocs.library.includes import endless, unreached
from iopdocs.library.layer_layout import namesakes, not_a_manifest, not_a_text, twice
from iopdocs.library.lost_blocks import lost_parts
from iopdocs.library.profile_inheritance import ResolvedProfiles, near, resolve_profiles
from iopdocs.library.profile_reader import FOLDER as PROFILES
from iopdocs.library.profile_reader import WrittenProfile, read_profiles
from iopdocs.library.profiles import Profile
from iopdocs.library.question_lists import FOLDER as QUESTIONS
from iopdocs.library.question_lists import QuestionList, parse_questions
from iopdocs.library.texts import LayerText, read_layer_text
from iopdocs.library.word_lists import FOLDER as WORD_LISTS
from iopdocs.library.word_lists import WordList, WordListFile, finder, problems_of, read_word_lists, resolve
from iopdocs.model.fields import entry

MANIFEST = "lager.yaml"
REFERENCE = "mall.docx"
SAMPLES = "exempel"
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
    profiles: Mapping[str, WrittenProfile]
    reference: bytes | None = field(repr=False)
    questions: Mapping[str, QuestionList] = field(factory=dict)
    wordlists: Mapping[str, WordListFile] = field(factory=dict)
    choices: Choices | None = None
    samples: Mapping[str, str] = field(factory=dict)
    """The layer's small sample agreements: name to file."""


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

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause by folded name (:func:`iopdocs.library.clauses.folded`), sorted."""
        return clauses_of(self.layers)

    def clause(self, name: str) -> Clause | None:
        """Return the clause called *name*; letter case, spaces, ``_`` and ``-`` do not matter."""
        return self.clauses.get(folded(name))

    def replaced_by(self, text: LayerText, number: int) -> LayerText | None:
        """Return what *text* of layer *number* stands instead of: the text under it of its name, or of the id it gives."""
        found = self.find(text.name, number)
        if found is not None:
            return found[1]
        wanted = text.front.replaces.id if text.front.replaces else None
        below = [one for layer in reversed(self.layers[:number]) for one in layer.texts.values()]
        return next((one for one in below if wanted and same_id(self.id_of(one), wanted)), None)

    def id_of(self, text: LayerText) -> str:
        """Return what *text* calls itself: its own id, or that of the text under it, or the name of its file."""
        stack = [layer.texts[text.name] for layer in reversed(self.layers) if text.name in layer.texts]
        place = next(number for number, one in enumerate(stack) if one is text)
        return front_of(stack[place:]).id or text.stem

    def profile(self, name: str) -> Profile:
        """Return the profile *name* of the topmost layer that has it, with what it extends taken in.

        Its points are the inherited ones first, each as its changes would have it, and then its own; ``utökar`` is
        empty, and what is left of ``ändringar`` is about rules.

        Raises:
            LibraryError: when no layer has it; the message names those there are.
        """
        found = self.resolved.profiles.get(name)
        if found is not None:
            return found
        known = sorted({known for layer in self.layers for known in layer.profiles})
        raise LibraryError.one(f"profilen ”{name}” finns inte", near(name, known))

    @cached_property
    def resolved(self) -> ResolvedProfiles:
        """Every profile in its final form, and what is wrong with any of them."""
        return resolve_profiles([layer.profiles for layer in self.layers], self._sections)

    @property
    def _sections(self) -> list[str]:
        stems = (PurePosixPath(name).name.split(".", 1)[0] for name in self.names("avsnitt/"))
        return sorted(set(stems))

    def questions(self, name: str) -> QuestionList:
        """Return the list of questions *name* (``statsstod``) of the topmost layer that has it.

        Raises:
            LibraryError: when no layer has it; the message names those there are.
        """
        for layer in reversed(self.layers):
            if name in layer.questions:
                return layer.questions[name]
        what = f"listan ”{name}” finns inte bland frågorna"
        raise LibraryError.one(what, "välj bland: " + ", ".join(self.question_lists))

    @property
    def question_lists(self) -> tuple[str, ...]:
        """The names of all lists of questions, sorted."""
        return tuple(sorted({name for layer in self.layers for name in layer.questions}))

    @property
    def choices(self) -> Choices:
        """The choice of form of the topmost layer that has one; the base layer always has."""
        return next(layer.choices for layer in reversed(self.layers) if layer.choices is not None)

    def wordlist(self, name: str) -> WordList:
        """Return the word list *name* of the topmost layer that has it, with the lists that it extends put in.

        Raises:
            LibraryError: when no layer has it; the message names those there are.
        """
        found = resolve(name, finder([layer.wordlists for layer in self.layers]))
        if found is None:
            known = ", ".join(sorted({known for layer in self.layers for known in layer.wordlists}))
            message = f"ordlistan ”{name}” finns inte"
            raise LibraryError.one(message, "välj bland: " + known)
        return found

    @property
    def samples(self) -> Mapping[str, str]:
        """The sample agreements of all layers: name to file, sorted; one in a higher layer goes before its namesake."""
        found = {name: file for layer in self.layers for name, file in layer.samples.items()}
        return {name: found[name] for name in sorted(found)}

    @property
    def reference(self) -> bytes | None:
        """The reference document of the topmost layer that has one."""
        return self._referring.reference

    @property
    def reference_file(self) -> str:
        """The file of :attr:`reference`, in the layer's folder as it was named."""
        return str(Path(self._referring.folder) / REFERENCE)

    @property
    def _referring(self) -> Layer:
        return next((layer for layer in reversed(self.layers) if layer.reference), self.layers[0])

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
    if not layers:
        return _base_library()
    library, problems = read_library(layers)
    if problems:
        raise LibraryError(problems)
    return library


def read_library(layers: Sequence[str | Path] = ()) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of *layers* on top of the base layer as far as it can be read, and all that is wrong in it.

    A file that cannot be read is left out; what rests on such a file is not told.

    Raises:
        LibraryError: when a folder is missing or no layer.
    """
    read = _read_layers(layers)
    library = Library((_base_layer(), *(layer for layer, _problems in read)))
    return library, _problems_of(library, [problem for _layer, wrong in read for problem in wrong])


def read_base() -> tuple[Library, tuple[Problem, ...]]:
    """Return the library of the base layer alone as far as it can be read, read anew, and all that is wrong in it."""
    layer, problems = _read_layer(templates_dir())
    library = Library((layer,))
    return library, _problems_of(library, problems, 0)


def _read_layers(layers: Sequence[str | Path]) -> list[tuple[Layer, list[Problem]]]:
    read: list[tuple[Layer, list[Problem]]] = []
    none: list[Problem] = list(twice(layers))
    for folder in layers:
        try:
            read.append(_read_layer(Path(folder)))
        except (LibraryError, LoadError) as error:
            none += error.problems
    if none:
        raise LibraryError(none)
    return read


def _problems_of(library: Library, problems: list[Problem], start: int = 1) -> tuple[Problem, ...]:
    """Return *problems*, those of single files, and what is wrong in how the files hang together."""
    known = {text.file for layer in library.layers for text in layer.texts.values()}
    folders = {Path(problem.file).parent.name for problem in problems}
    lost = any(problem.file.endswith(".j2") and problem.file not in known for problem in problems)
    return (
        *problems,
        *namesakes([(layer.name, Path(layer.folder) / MANIFEST) for layer in library.layers]),
        *problems_of_facts(library),
        *problems_of_clauses(library),
        *lost_parts(library),
        *endless(library),
        *(() if lost else unreached(library, start)),
        *(() if PROFILES in folders else library.resolved.problems),
        *(() if WORD_LISTS in folders else problems_of([layer.wordlists for layer in library.layers])),
    )


@cache
def _base_layer() -> Layer:
    layer, problems = _read_layer(templates_dir())
    if problems:
        raise LibraryError(problems)
    return layer


@cache
def _base_library() -> Library:
    """Return the one library of the base layer alone: whoever renders without layers has its texts compiled once."""
    library, problems = read_library()
    if problems:
        raise LibraryError(problems)
    return library


def forget_base_layer() -> None:
    """Let the next library read the base layer from disk again: in a checkout its texts may have changed."""
    _base_layer.cache_clear()
    _base_library.cache_clear()


def _read_layer(folder: Path) -> tuple[Layer, list[Problem]]:
    if not folder.is_dir():
        what = "är ingen mapp" if folder.exists() else "lagret finns inte"
        raise LibraryError.one(what, "ange en mapp som innehåller lager.yaml", str(folder))
    manifest = _manifest(folder)
    name = manifest.name or folder.name
    texts: dict[str, LayerText] = {}
    problems: list[Problem] = []
    for path in sorted(path for top in _TEXT_FOLDERS for path in (folder / top).rglob("*.j2")):
        relative = str(PurePosixPath(path.relative_to(folder)))
        try:
            text, wrong_text = read_layer_text(read_text(path), name=relative, layer=name, file=str(path))
        except LoadError as error:
            problems += not_a_text(path, error)
            continue
        problems += wrong_text
        if text is not None:
            texts[relative] = text
    profiles, wrong_profiles = read_profiles(folder / PROFILES)
    problems += wrong_profiles
    questions: dict[str, QuestionList] = {}
    for path in sorted((folder / QUESTIONS).glob("*.yaml")):
        try:
            questions[path.stem] = parse_questions(read_text(path), name=path.stem, file=str(path))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    choices: Choices | None = None
    if (folder / CHOICES).is_file():
        try:
            choices = parse_choices(read_text(folder / CHOICES), file=str(folder / CHOICES))
        except (LibraryError, LoadError) as error:
            problems += error.problems
    wordlists, wrong = read_word_lists(folder / WORD_LISTS)
    problems += wrong
    try:
        reference = _reference(folder / REFERENCE)
    except LibraryError as error:
        reference = None
        problems += error.problems
    layer = Layer(
        name,
        str(folder),
        manifest,
        texts,
        profiles,
        reference,
        questions=questions,
        choices=choices,
        wordlists=wordlists,
        samples={path.stem: str(path) for path in sorted((folder / SAMPLES).glob("*.yaml"))},
    )
    return layer, problems


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        what = "mappen är inget lager: lager.yaml saknas"
        nearly = _nearly_manifest(folder)
        hint = f"döp om {nearly} till lager.yaml" if nearly else ""
        raise LibraryError.one(what, hint or "skapa lager.yaml med ”namn: …”", str(folder))
    try:
        manifest, _positions = load_record(read_text(path), Manifest, file=str(path))
    except LoadError as error:
        raise not_a_manifest(path, folder.resolve().name, error) from error
    return manifest


def _nearly_manifest(folder: Path) -> str:
    """Return the name of a file of *folder* that its author may have meant to be ``lager.yaml``; else nothing."""
    names = ("lager.yml", "lager.yaml", "lager.txt", "lager.yaml.txt", "layer.yaml", "lager.json")
    return next((path.name for path in sorted(folder.iterdir()) if path.name.casefold() in names), "")


def _reference(path: Path) -> bytes | None:
    if not path.is_file():
        return None
    try:
        if path.stat().st_size > _LARGEST_REFERENCE:
            raise LibraryError.one("referensdokumentet är större än 20 MB", "minska bilderna i det", str(path))
        return path.read_bytes()
    except OSError as error:
        raise LibraryError.one("filen kan inte läsas", "kontrollera att du får läsa den", str(path)) from error
