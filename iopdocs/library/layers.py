"""Layers and the library they form, as data: the base layer with any number on top, first hit from the top wins."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath

from attrs import field, frozen

from iopdocs.errors import LibraryError, LoadError
from iopdocs.files.loader import loads
from iopdocs.library.clauses import Clause, clauses_of, folded, front_of, same_id
from iopdocs.library.form_choice import FormChoices
from iopdocs.library.layer_files import LayerFiles
from iopdocs.library.profile_inheritance import ResolvedProfiles, near, resolve_profiles
from iopdocs.library.profile_reader import WrittenProfile
from iopdocs.library.profiles import Profile
from iopdocs.library.question_lists import QuestionList
from iopdocs.library.source import BASE
from iopdocs.library.texts import LayerText
from iopdocs.library.word_lists import WordList, WordListFile, finder, resolve
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import entry

MANIFEST = "lager.yaml"
REFERENCE = "mall.docx"


@frozen(kw_only=True)
class Manifest:
    """The description of a layer in ``lager.yaml``."""

    name: str | None = entry("namn", "Namn", "Lagrets namn, till exempel exempelstad.")
    owner: str | None = entry("ägare", "Ägare", "Den som svarar för texterna.")
    version: str | None = entry("version", "Version", "Lagrets version.")
    base_version: str | None = entry(
        "grundversion", "Grundversion", "Den version av grundlagret som lagret skrevs för."
    )
    description: str | None = entry("beskrivning", "Beskrivning", "Vad lagret är till för.")


@frozen
class Layer:
    """One folder, or zip, of texts, profiles and, if it has one, a reference document (*reference*, the bytes of a DOCX)."""

    name: str
    files: LayerFiles
    manifest: Manifest
    texts: Mapping[str, LayerText]
    profiles: Mapping[str, WrittenProfile]
    reference: bytes | None = field(repr=False)
    questions: Mapping[str, QuestionList] = field(factory=dict)
    wordlists: Mapping[str, WordListFile] = field(factory=dict)
    choices: FormChoices | None = None
    samples: Mapping[str, str] = field(factory=dict)
    """The layer's small sample agreements: name to file."""

    @property
    def folder(self) -> str:
        """The layer's folder, or its zip, as it was named."""
        return self.files.place


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

    def named_in(self, number: int, name: str) -> tuple[int, LayerText] | None:
        """Return (layer number, text) of what a text of layer *number* calls *name*: with ``bas/`` it is in a layer below."""
        return self.find(name.removeprefix(BASE), number if name.startswith(BASE) else None)

    def text_of(self, file: str) -> LayerText | None:
        """Return the text whose file is called *file* in messages."""
        return next((text for layer in self.layers for text in layer.texts.values() if text.file == file), None)

    def names(self, folder: str = "") -> tuple[str, ...]:
        """Return the names of all texts below *folder*, sorted, each once."""
        return tuple(sorted({name for layer in self.layers for name in layer.texts if name.startswith(folder)}))

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause by folded name (:func:`iopdocs.library.clauses.folded`), sorted."""
        return clauses_of([layer.texts for layer in self.layers])

    def clause(self, name: str) -> Clause | None:
        """Return the clause called *name*; letter case, spaces, ``_`` and ``-`` do not matter."""
        return self.clauses.get(folded(name))

    def replaced_by(self, text: LayerText, number: int) -> LayerText | None:
        """Return the text that *text* of layer *number* replaces: the one under it of its name, or of the id it gives."""
        found = self.find(text.name, number)
        if found is not None:
            return found[1]
        wanted = text.front.replaces.id if text.front.replaces else None
        below = [one for layer in reversed(self.layers[:number]) for one in layer.texts.values()]
        return next((one for one in below if wanted and same_id(self.id_of(one), wanted)), None)

    def id_of(self, text: LayerText) -> str:
        """Return the id of *text*: its own, else that of the text under it, else the name of its file."""
        stack = [layer.texts[text.name] for layer in reversed(self.layers) if text.name in layer.texts]
        place = next(number for number, one in enumerate(stack) if one is text)
        return front_of(stack[place:]).id or text.stem

    def profile(self, name: str) -> Profile:
        """Return the profile *name* of the topmost layer that has it, with what it extends merged in.

        Its points are the inherited ones first, each with its changes applied, and then its own; ``utökar`` is
        empty, and the remaining ``ändringar`` are about rules.

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
        """Every profile in its final form, and the problems of them all."""
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
    def choices(self) -> FormChoices:
        """The choice of form of the topmost layer that has one; the base layer always has."""
        return next(layer.choices for layer in reversed(self.layers) if layer.choices is not None)

    def wordlist(self, name: str) -> WordList:
        """Return the word list *name* of the topmost layer that has it, with the lists that it extends merged in.

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
        """The sample agreements of all layers: name to file, sorted; one in a higher layer replaces its namesake."""
        found = {name: file for layer in self.layers for name, file in layer.samples.items()}
        return {name: found[name] for name in sorted(found)}

    def sample(self, name: str) -> Agreement:
        """Return the sample agreement *name*, one of :attr:`samples`, read anew.

        Raises:
            LoadError: with every problem of the file.
        """
        file = self.samples[name]
        return loads(self.text_in(file), file=file)

    def text_in(self, file: str) -> str:
        """Return all that is written in *file*, a file of a layer as messages call it.

        Raises:
            LoadError: when no layer has it, or it is no text.
        """
        for layer in self.layers:
            name = next((name for name in layer.files.files if layer.files.file(name) == file), None)
            if name is not None:
                return layer.files.read_text(name)
        raise LoadError.one("filen finns inte i något lager", file=file)

    @property
    def reference(self) -> bytes | None:
        """The reference document of the topmost layer that has one."""
        return self._referring.reference

    @property
    def reference_file(self) -> str:
        """The file of :attr:`reference`, in the layer's folder as it was named."""
        return self._referring.files.file(REFERENCE)

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
