"""Defined terms that are unused or defined twice, and duplicate headings and names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from iopdocs.document.tree import Document, Heading, Text, Value
from iopdocs.document.walk import inlines_of, plain
from iopdocs.findings import Level
from iopdocs.library.text_cache import cached_by_text
from iopdocs.linter.passages import inline_runs
from iopdocs.linter.rule import Case, Hit, rule
from iopdocs.model.insatser import Insats

_DEFINITIONS = "utgångspunkter.definitioner["
_ENDING = re.compile(
    r"(?:arnas|ernas|ornas|arna|erna|orna|ades|ade|ens|ets|ars|ers|ors|ar|er|or|en|et|an|na|ns|ts|as|n|t|s|a|e)$"
)


@rule("S205", "definition-används-inte", Level.WARNING, reads=("utgångspunkter.definitioner.begrepp",))
def unused_term(case: Case) -> Iterable[Hit]:
    """Ett definierat ord som inte används.

    Vad: Ett begrepp under definitionerna, i någon böjning, står inte i någon annan text i avtalet.
    Varför: En definition som inte behövs får läsaren att leta efter var den gäller.
    Dåligt exempel:
        mål: {syfte: Parterna vill att unga ska känna sig trygga.}
        utgångspunkter: {definitioner: [{begrepp: boendedygn, betydelse: tiden mellan klockan 12 och 12}]}
    Bra exempel:
        ekonomi: {samhällsvinst: Varje boendedygn gör skillnad.}
        utgångspunkter: {definitioner: [{begrepp: boendedygn, betydelse: tiden mellan klockan 12 och 12}]}
    Källa: malmo, Avtalets form och utgångspunkt.
    """
    definitions = case.agreement.basis.definitions if case.agreement.basis else ()
    if not definitions:
        return
    texts = [(passage.path, _flat(passage.text)) for passage in case.data_texts]
    texts += [("", _flat(text)) for text in _printed(case.document)]
    for number, definition in enumerate(definitions, 1):
        path = f"{_DEFINITIONS}{number}]"
        if definition.term and definition.term.strip():
            own = (f"{path}.begrepp", f"{path}.betydelse")
            others = "\n".join(text for where, text in texts if where not in own)
            if not any(_used(form, others) for form in re.split(r"[/,(]", definition.term)):
                message = f"”{definition.term.strip()}” definieras men används inte"
                yield Hit(f"{path}.begrepp", message, "ta bort definitionen, eller använd ordet där det behövs")


def _printed(document: Document | None) -> Iterator[str]:
    """Yield the words of the layers and the data that are not free text (enums, names of units), as printed."""
    for _section, _origin, children in inline_runs(document) if document is not None else ():
        yield " ".join(
            node.text
            for node in inlines_of(children)
            if isinstance(node, Text) or (isinstance(node, Value) and not node.path.startswith(_DEFINITIONS))
        )


def _used(term: str, text: str) -> bool:
    stems = [_stem(word) for word in re.findall(r"\w+", _flat(term))]
    if not stems:
        return True
    # A long stem matches inside a compound too (”stödpersoner” uses ”person”); a short one only at the start of a word.
    if len(stems) == 1 and len(stems[0]) >= 5:
        return stems[0] in text
    return re.search(r"\b" + r"\w{0,8}\W{1,3}".join(re.escape(stem) for stem in stems), text) is not None


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= 3 else word


@cached_by_text
def _flat(text: str) -> str:
    """Return *text* in lower case without diacritics: ”städer” is a form of ”stad”."""
    signs = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in signs if not unicodedata.combining(sign))


@rule("S206", "definition-två-gånger", Level.ERROR, reads=("utgångspunkter.definitioner.begrepp",))
def term_defined_twice(case: Case) -> Iterable[Hit]:
    """Ett ord som definieras två gånger.

    Vad: Två definitioner gäller samma ord; stora och små bokstäver räknas som lika.
    Varför: Då framgår det inte vilken betydelse ordet har.
    Dåligt exempel:
        utgångspunkter:
          definitioner:
            - {begrepp: unga, betydelse: personer mellan 13 och 20 år}
            - {begrepp: Unga, betydelse: personer under 25 år}
    Bra exempel:
        utgångspunkter:
          definitioner:
            - {begrepp: unga, betydelse: personer mellan 13 och 20 år}
            - {begrepp: unga vuxna, betydelse: personer mellan 18 och 25 år}
    Källa: malmo, Avtalets form och utgångspunkt.
    """
    definitions = case.agreement.basis.definitions if case.agreement.basis else ()
    for number, first in _repeated([definition.term for definition in definitions]):
        term = (definitions[number - 1].term or "").strip()
        message = f"”{term}” definieras redan som nummer {first}"
        yield Hit(f"{_DEFINITIONS}{number}].begrepp", message, "skriv en enda definition av ordet")


@rule(
    "S207", "rubrik-två-gånger", Level.ERROR,
    reads=("egna_avsnitt.rubrik", "insatser.namn", "organisation.grupper.namn", "bilagor.titel"),
)  # fmt: skip
def duplicate_heading(case: Case) -> Iterable[Hit]:
    """Samma rubrik eller namn två gånger.

    Vad: Ett eget avsnitt har samma rubrik som ett annat avsnitt eller en underrubrik i avtalet, eller två bilagor har samma
        titel (fel). Två insatser på samma ställe, eller två grupper, har samma namn (varning).
    Varför: En hänvisning till rubriken eller namnet kan då gälla två saker.
    Dåligt exempel:
        egna_avsnitt:
          - {rubrik: Forskning, text: Parterna tar emot en forskare.}
          - {rubrik: Forskning, text: Resultaten publiceras öppet.}
    Bra exempel:
        egna_avsnitt:
          - {rubrik: Forskning, text: Parterna tar emot en forskare.}
          - {rubrik: Publicering, text: Resultaten publiceras öppet.}
    Källa: malmo, Mall för IOP.
    """
    agreement = case.agreement
    headings = [own.heading for own in agreement.own_sections]
    repeated = {number for number, _first in _repeated(headings)}
    others = _headings(case.document)
    for number, heading in enumerate(headings, 1):
        if heading and (number in repeated or _same(heading) in others):
            message = f"rubriken ”{heading.strip()}” finns redan i avtalet"
            hint = "skriv en annan rubrik, eller för samman texterna under en"
            yield Hit(f"egna_avsnitt[{number}].rubrik", message, hint)
    for number, first in _repeated([appendix.title for appendix in agreement.appendices]):
        message = f"bilaga {first} har samma titel"
        yield Hit(f"bilagor[{number}].titel", message, "ge bilagorna olika titlar")
    yield from _same_insatser("insatser", agreement.insatser)
    for place, appendix in enumerate(agreement.appendices, 1):
        yield from _same_insatser(f"bilagor[{place}].insatser", appendix.insatser)
    for number, first in _repeated(
        [group.name for group in (agreement.organisation.groups if agreement.organisation else ())]
    ):
        message = f"grupp {first} har samma namn"
        path = f"organisation.grupper[{number}].namn"
        yield Hit(path, message, "ge grupperna olika namn", Level.WARNING)


def _same_insatser(path: str, insatser: Sequence[Insats]) -> Iterator[Hit]:
    for number, first in _repeated([insats.name for insats in insatser]):
        message = f"insats {first} har samma namn"
        yield Hit(f"{path}[{number}].namn", message, "ge insatserna olika namn", Level.WARNING)


def _repeated(names: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    """Yield (number, number of the first) of each name that an earlier name equals."""
    first: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        if name and name.strip():
            earlier = first.setdefault(_same(name), number)
            if earlier != number:
                yield number, earlier


def _same(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".:")


def _headings(document: Document | None) -> set[str]:
    """Return the headings of *document* except those of the agreement's own sections."""
    headings: set[str] = set()
    for section in document.sections if document is not None else ():
        runs = [section.heading, *(block.children for block in section.blocks if isinstance(block, Heading))]
        for children in runs:
            own = any(
                isinstance(node, Value) and node.path.startswith("egna_avsnitt[") for node in inlines_of(children)
            )
            if not own:
                headings.add(_same(plain(children)))
    return headings
