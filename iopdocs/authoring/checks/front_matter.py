"""Check the front matter of texts: ids, sections, reviews, conditions, and the texts they replace."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from iopdocs.authoring.checks.tags import tag_mistakes
from iopdocs.authoring.layer_findings import at_key, can_be_named
from iopdocs.authoring.text_blocks import Inheritance, follows
from iopdocs.authoring.text_lookup import text_under
from iopdocs.files.value_readers import fold, nearest
from iopdocs.findings import Finding
from iopdocs.library.clauses import FOLDER as CLAUSES
from iopdocs.library.clauses import front_of, is_copy, same_id
from iopdocs.library.data_paths import field_at, nearest_path, section_of
from iopdocs.library.includes import graph
from iopdocs.library.layers import Library
from iopdocs.library.source import tags
from iopdocs.library.texts import FrontMatter, LayerText, condition_of
from iopdocs.linter.rule import Case, Hit
from iopdocs.linter.rules.templates.layer_texts import replaced_text_has_changed
from iopdocs.model.agreement import Agreement

_DAY = re.compile(r"\b[12][0-9]{3}-[01][0-9]-[0-3][0-9]\b")
_WORDS_QUOTES = "”“„»«’‘"


def front_mistakes(library: Library, layer: int, told: frozenset[str] = frozenset()) -> Iterator[Finding]:
    """Yield the problems in the front matter of the texts of layer number *layer*, besides those found by reading them.

    *told* are the files that reading has reported: what they lack is not reported again.
    """
    edges = graph(library)
    reached = {name for _layer, name in edges}
    taken = [some for (_layer, name), some in edges.items() if name.startswith("dokument/")]
    printed = {target[1] for some in taken for _taken, target in some}
    for name, text in sorted(library.layers[layer].texts.items()):
        below = library.find(name, layer)
        front = front_of([text, below[1]]) if below else text.front
        if text.file not in told and text.framed:
            yield from _identity(text, front, reached)
        yield from _section(text, library)
        yield from _heading(text, library, name in printed)
        yield from _answers(text, front, library)
        yield from _review(text)
        yield from _needs(text)
        yield from _condition(text, library, layer)
        if below and text.file not in told and text.framed:
            yield from _override(text, below[1])
        elif not below:
            yield from _other_file(text, library, text_under(library, text))
        if below and text.name.startswith(CLAUSES):
            yield from _other_id(text, library.id_of(below[1]))
    yield from _same_ids(library, layer)
    yield from _same_facts(library, layer)
    yield from _changed_below(library, layer)


def _identity(text: LayerText, front: FrontMatter, reached: set[str]) -> Iterator[Finding]:
    if not text.name.startswith(CLAUSES):
        return
    if not front.id:
        message = "texten har inget id"
        hint = f"skriv överst i filen, mellan två rader med ---: id: {text.stem}"
        yield at_key(text, "id", message, hint, advice=text.name in reached)
    elif (
        not can_be_named(front.id.partition("/")[0].strip())
        or front.id.count("/") > 1
        or front.id.strip(" ").startswith("/")
        or front.id.strip(" ").endswith("/")
    ):
        message = f"id ”{front.id[:60]}” har fel form"
        yield at_key(
            text, "id", message, "skriv klausulens namn, eller klausulens och variantens: tvist/skiljeförfarande"
        )


def _section(text: LayerText, library: Library) -> Iterator[Finding]:
    section = text.front.section
    if section is None:
        return
    known = {name.rsplit("/", 1)[-1].split(".", 1)[0]: name for name in library.names("avsnitt/")}
    if section in known:
        return
    headings = {fold(library.heading(stem)): stem for stem in known}
    near = headings.get(fold(section)) or nearest(section, {fold(stem): stem for stem in known})
    near = near or nearest(section, headings)
    message = f"avsnittet ”{section[:60]}” finns inte"
    choices = ", ".join(sorted(one for one in known if not one.startswith("granskning")))
    hint = f"menade du ”{near}”?" if near else f"välj bland: {choices}"
    yield at_key(text, "avsnitt", message, hint)


def _heading(text: LayerText, library: Library, printed: bool) -> Iterator[Finding]:
    if not text.name.startswith("avsnitt/"):
        return
    said = text.front.heading or ""
    if said and said[0] in _WORDS_QUOTES and said[-1] in _WORDS_QUOTES:
        message = "citattecknen {quotes} skrivs ut i rubriken".format(quotes=f"{said[0]}…{said[-1]}")
        plain = said.strip(_WORDS_QUOTES)
        hint = "skriv utan dem: rubrik: {plain}".format(plain=f'"{plain}"' if ":" in plain else plain)
        yield at_key(text, "rubrik", message, hint)
    elif printed and not any(text.name in one.texts and one.texts[text.name].front.heading for one in library.layers):
        name = library.heading(text.stem)
        message = f"rubrik saknas, så avsnittet får filens namn som rubrik: ”{name}”"
        where = "mellan raderna" if text.framed and text.positions else "överst i filen, mellan två rader"
        hint = f"skriv {where} med ---: rubrik: och sedan avsnittets rubrik"
        yield at_key(text, "rubrik", message, hint)


def _answers(text: LayerText, front: FrontMatter, library: Library) -> Iterator[Finding]:
    # In a layer's own section, and for a datum that the text uses, the author knows better.
    if library.find(f"avsnitt/{front.section}.md.j2", 1) is None:
        return
    for number, path in enumerate(text.front.answers, 1):
        place = section_of(path)
        word = re.compile(rf"\b{re.escape(path.partition('.')[0])}\b")
        used = any(word.search(tag.inside) for tag in tags(text.body) if not tag.is_comment)
        if not place or place == front.section or used:
            continue
        message = f"”svarar_på” nämner {path[:60]}, som hör till avsnittet {place}, men texten står i {front.section}"
        hint = f"ta bort {path[:60]}: profilens krav på den räknas annars som uppfyllt så snart klausulen väljs, utan att något sägs"
        key = f"svarar_på[{number}]"
        yield at_key(text, key if key in text.positions else "svarar_på", message, hint, advice=True)


def _review(text: LayerText) -> Iterator[Finding]:
    said = (text.front.reviewed or "").strip()
    if said.casefold() in ("", "nej"):
        return
    name = re.sub(r"[^\w]", "", _DAY.sub("", said))
    if len(name) < 2 or name.isdigit() or not _DAY.search(said):
        message = f"”granskad: {said[:60]}” säger inte vem som har granskat texten och när"
        yield at_key(
            text, "granskad", message, "skriv till exempel ”granskad: Eva Ek 2026-11-02”, eller ”granskad: nej”"
        )


def _needs(text: LayerText) -> Iterator[Finding]:
    for number, path in enumerate(text.front.requires, 1):
        if field_at(path) is None:
            near = nearest_path(path)
            hint = f"menade du {near}?" if near else "alla uppgifter visas av: iopdocs variables"
            message = f"”{path[:60]}” finns inte i något avtal"
            yield at_key(text, f"kräver[{number}]", message, hint)


def condition_text(text: LayerText) -> LayerText | None:
    """Return the condition of *text* as a separate text, on the same line; ``None`` where it has none."""
    condition = text.front.applies
    if condition is None:
        return None
    place = text.positions.get("väljs_när")
    body = "{#" + "\n" * ((place.line if place else 1) - 1) + "#}{% if " + condition + " %}1{% endif %}"
    return attrs.evolve(text, body=body)


def _condition(text: LayerText, library: Library, layer: int) -> Iterator[Finding]:
    made = condition_text(text)
    condition = text.front.applies or ""
    if made is None:
        return
    if re.search(r"[{}]|%\}", condition):
        message = "villkoret efter ”väljs_när” har klamrar"
        yield at_key(text, "väljs_när", message, "skriv det utan klamrar, till exempel: parter|antal > 2")
        return
    if condition.split()[:1] == ["if"]:
        yield at_key(text, "väljs_när", "villkoret börjar med ”if”", "skriv bara det som ska stå efter ”if”")
        return
    for one in tag_mistakes(made, library, layer):
        message, hint = one.message, one.hint
        yield at_key(text, "väljs_när", f"villkoret går inte att läsa: {message}", hint)


def _override(text: LayerText, below: LayerText) -> Iterator[Finding]:
    if text.front.replaces is None and follows(text) is Inheritance.NO:
        message = f"texten ersätter den i lagret {below.layer}, och ändringar där kommer inte att märkas"
        id = below.front.id or below.stem
        hint = f"skriv överst: ersätter: {{id: {id}, hash: {below.digest[:16]}}}"
        yield at_key(text, "id", message, hint, advice=True)


def _replaces_nothing(text: LayerText) -> Iterator[Finding]:
    message = "texten säger att den ersätter en text, men ingen text under den har samma mapp och namn"
    hint = "ta med det lager som har texten, ge filen samma namn som den som ska ersättas, eller ta bort ”ersätter”"
    yield at_key(text, "ersätter", message, hint)


def _other_file(text: LayerText, library: Library, instead: LayerText | None) -> Iterator[Finding]:
    if instead is None:
        yield from _replaces_nothing(text) if text.front.replaces is not None else ()
        return
    if not text.name.startswith(CLAUSES) or not same_id(library.id_of(text), library.id_of(instead)):
        return
    message = f"filen heter inte som den text som den ersätter, {instead.name}, så två texter har samma id"
    hint = "döp om den till {name}; är texten en ny variant, ge den i stället ett eget id och ta bort ”ersätter”"
    key = "ersätter" if text.front.replaces is not None else "id"
    yield at_key(text, key, message, hint.format(name=instead.name), advice=True)


def _other_id(text: LayerText, below: str) -> Iterator[Finding]:
    if text.front.id is not None and not same_id(text.front.id, below):
        message = "filen ersätter {below} men har ett annat id, och då går {below} inte längre att välja"
        hint = f"skriv id: {below}, eller ge filen ett annat namn om texten är en ny variant"
        yield at_key(text, "id", message.format(below=below), hint)


def _same_facts(library: Library, layer: int) -> Iterator[Finding]:
    """Yield the variants of layer number *layer* that the same facts choose as another variant of their clause."""
    for clause in library.clauses.values():
        seen: dict[str, str] = {}
        for one in sorted(clause.variants.values(), key=lambda one: (one.layer, one.text.name)):
            condition = condition_of(one.front) if one.front.implies else None
            if condition is None:
                continue
            if condition in seen and one.layer == layer and one.text.front.implies:
                message = f"samma uppgift väljer redan {seen[condition]}"
                hint = "ta bort ”innebär” här, och välj texten vid namn: klausuler: {{{clause}: {name}}}"
                yield at_key(one.text, "innebär", message, hint.format(clause=clause.name, name=one.name))
            seen.setdefault(condition, one.id)


def _same_ids(library: Library, layer: int) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for name, text in sorted(library.layers[layer].texts.items(), key=lambda item: (is_copy(item[0]), item[0])):
        folder = name.split("/", 1)[0]
        if text.front.id is None or name.startswith(CLAUSES):
            continue
        key = (folder, fold(text.front.id))
        if key in seen:
            message = f"texten har samma id som {seen[key]}: {text.front.id}"
            hint = f"ge den ett eget id, helst filens namn: {text.stem}"
            yield at_key(text, "id", message, "ta bort kopian" if is_copy(name) else hint)
        seen.setdefault(key, name)


def _changed_below(library: Library, layer: int) -> Iterator[Finding]:
    for hit in replaced_text_has_changed.check(Case(Agreement(), library)):
        if not isinstance(hit, Hit) or hit.origin is None:
            continue
        text = library.layers[layer].texts.get(hit.origin.file)
        if text is not None and hit.origin.layer == text.layer and library.find(text.name, layer) is not None:
            key = "ersätter.hash" if "ersätter.hash" in text.positions else "ersätter"
            yield at_key(text, key, hit.message, hit.hint)
