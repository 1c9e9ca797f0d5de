"""Find Markdown outside the subset that texts may use, and suggest what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from iopdocs.authoring.layer_findings import MARKDOWN, in_text
from iopdocs.document.markdown_parser import CONTAINERS
from iopdocs.files.value_readers import nearest
from iopdocs.findings import Finding
from iopdocs.library.clauses import FOLDER as CLAUSES
from iopdocs.library.source import VisibleLine, headings, visible_lines
from iopdocs.library.texts import UNWRITTEN, LayerText

Told = tuple[str, str]

_FENCE = re.compile(r" {0,3}(:{2,})[ \t]*([^\s:]*)")
_ROW = re.compile(r"\s*\|.*")
_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_FREE_HEADINGS = ("bilagor", "titel", "granskning_titel")
_LINES: tuple[tuple[str, Callable[[], Told]], ...] = (
    (r"!\[", lambda: ("bilder kan inte stå i en text", "lägg logotypen i mall.docx, eller bilden i en bilaga")),
    (
        r"<!--|-->",
        lambda: ("en sådan kommentar skrivs ut i avtalet", "skriv {# … #} om det du vill minnas"),
    ),
    (
        r"<(?:https?://|www\.|mailto:)[^>\s]*>",
        lambda: ("en länk kan inte stå inom < och >", "skriv [orden som ska synas](https://adressen)"),
    ),
    (
        r"</?(?:b|strong)>",
        lambda: ("HTML går inte att använda", "skriv **fet text** mellan dubbla stjärnor"),
    ),
    (r"</?(?:i|em|u)>", lambda: ("HTML går inte att använda", "skriv *kursiv text* mellan stjärnor")),
    (
        r"<br ?/?>",
        lambda: ("HTML går inte att använda", "lämna en tom rad för nytt stycke, eller avsluta raden med \\"),
    ),
    (
        r"</?(?:p|div|span|h[1-6]|ul|ol|li|table|tr|td|th|thead|tbody|hr|img|a|font|sup|sub|center)\b[^<>]*>",
        lambda: ("HTML går inte att använda", "skriv med Markdown: # rubrik, - punkt, | tabell |"),
    ),
    (r"^\s{0,3}(?:```|~~~)", lambda: ("en ruta med kod går inte att använda", "skriv som vanlig text")),
    (r"`", lambda: ("tecknet ` skrivs ut som det är", "ta bort det, eller skriv citattecken")),
    (r"~~", lambda: ("genomstruken text går inte att använda", "ta bort orden som inte ska gälla")),
    (r"^\s{0,3}>", lambda: ("ett indraget citat (>) går inte att använda", "skriv som vanlig text inom ”…”")),
    (r"^\s*\[\^[^\]]+\]:|\[\^[^\]]+\]", lambda: ("fotnoter går inte att använda", "skriv det i texten")),
    (
        r"^\s{0,3}\[[^\]]+\]:\s*\S|\]\[[^\]]*\]",
        lambda: ("en länk kan inte ha sin adress på en annan rad", "skriv [orden](https://adressen)"),
    ),
    (r"^\s*[•·●▪‣◦]\s*\S", lambda: ("tecknet i början gör ingen punktlista", "skriv ett bindestreck: - punkt")),
    (r"^\s*[–—]\s+\S", lambda: ("tankstreck gör ingen punktlista", "skriv ett vanligt bindestreck: - punkt")),
    (
        r"^\s{0,3}#{1,6}[^\s#]",
        lambda: ("mellanslaget efter # saknas, så raden blir ingen rubrik", "skriv till exempel ## Rubrik"),
    ),
    (r"^\s{0,3}#{5,}\s", lambda: ("rubriken har för många #", "använd ## till ####")),
    (
        r"^\s{0,3}(?:\\newpage|\\pagebreak)",
        lambda: ("en ny sida börjar inte så", "skriv ::: sidbrytning och på nästa rad :::"),
    ),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), say) for pattern, say in _LINES)
_HOLES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (re.compile(r"\[(?=[^\]\n]*\w)[^\]\[\n^]{2,80}\](?![\[(:])"), lambda found: found),
    (re.compile(r"<[A-ZÅÄÖa-zåäö][^<>\n]{1,60}>"), lambda found: found),
    (re.compile(r"\b(?:X{2,}|x{3,}|N\.N\.|ÅÅÅÅ(?:-MM-DD)?|YYYY-MM-DD|20XX|20xx)(?!\w)"), lambda found: found),
    (re.compile(r"(?<![\w_])_{3,}|\.{5,}|…{2,}|\?{2,}"), lambda found: found[:5]),
)


def markdown_slips(text: LayerText) -> Iterator[Finding]:
    """Yield a problem for each piece of Markdown in *text* that is not read, and each place left to fill in by hand."""
    lines = visible_lines(text.body)
    for line in lines:
        yield from _line_slips(text, line)
    yield from _underlined(text, lines)
    yield from _headings(text)
    yield from _tables(text, lines)
    yield from _containers(text, lines)


def _line_slips(text: LayerText, line: VisibleLine) -> Iterator[Finding]:
    unwritten = UNWRITTEN.search(line.words)
    if unwritten:
        message = "texten är inte skriven: ”SKRIV HÄR: …” skulle stå i avtalet"
        hint = "skriv klausulens text i stället för raden"
        yield in_text(MARKDOWN, text, line.number, message, hint, column=line.column(unwritten.start()))
    told = ""
    for pattern, say in _PATTERNS:
        found = pattern.search(line.words)
        if found:
            yield in_text(MARKDOWN, text, line.number, *say(), column=line.column(found.start()))
            told = found[0]
            break
    for pattern, shown in _HOLES:
        found = pattern.search(line.words)
        if found and not _RULE.fullmatch(line.words) and not (told and found[0][0] in "<[" and told in found[0]):
            message = f"”{shown(found[0])}” skrivs ut som det är"
            hint = "skriv vilken uppgift som ska stå där, till exempel {{ titel }}; alla visas av: iopdocs variables"
            yield in_text(MARKDOWN, text, line.number, message, hint, column=line.column(found.start()))


def _underlined(text: LayerText, lines: Sequence[VisibleLine]) -> Iterator[Finding]:
    before = ""
    for line in lines:
        bare = line.words.strip()
        if re.fullmatch(r"={3,}", bare) or (re.fullmatch(r"-{3,}", bare) and before):
            level = "##" if bare[0] == "=" else "###"
            message = "ett streck under en rad gör den inte till rubrik"
            yield in_text(MARKDOWN, text, line.number, message, f"skriv {level} före rubriken")
        elif re.fullmatch(r"(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}", bare):
            yield in_text(MARKDOWN, text, line.number, "en linje tvärs över sidan går inte att använda", "ta bort den")
        before = bare if not line.tags_only else before


def _headings(text: LayerText) -> Iterator[Finding]:
    if text.name.startswith("dokument/") or text.stem in _FREE_HEADINGS:
        return
    for heading in headings(text.body):
        if heading.level == 1:
            if text.name.startswith(CLAUSES):
                hint = "skriv ## framför rubriken, eller ### när den hör till en annan"
            else:
                hint = "avsnittets rubrik står efter ”rubrik:” överst i filen; skriv ## för rubriker i texten"
            yield in_text(MARKDOWN, text, heading.line, "en rubrik med ett enda # går inte att använda här", hint)


def _tables(text: LayerText, lines: Sequence[VisibleLine]) -> Iterator[Finding]:
    rows: list[VisibleLine] = []
    for line in [*lines, VisibleLine(0, "", "")]:
        if _ROW.fullmatch(line.words):
            rows.append(line)
        elif not line.tags_only:
            yield from _table(text, rows)
            rows = []


def _table(text: LayerText, rows: Sequence[VisibleLine]) -> Iterator[Finding]:
    if not rows:
        return
    first = rows[0]
    if _RULE.fullmatch(first.words):
        message = "tabellen saknar rubrikrad"
        yield in_text(MARKDOWN, text, first.number, message, "skriv en rad med kolumnernas rubriker ovanför |---|")
    elif len(rows) < 2 or not _RULE.fullmatch(rows[1].words):
        message = "tabellen blir ingen tabell, för raden |---| under rubrikerna saknas"
        right = "|" + "---|" * _cells(first.words)
        hint = f"skriv {right} på raden under; låt ingen tom rad stå inne i tabellen"
        yield in_text(MARKDOWN, text, first.number, message, hint)
    elif _cells(first.words) != _cells(rows[1].words):
        message = f"tabellen har {_cells(first.words)} rubriker men {_cells(rows[1].words)} streck under dem"
        right = "|" + "---|" * _cells(first.words)
        yield in_text(MARKDOWN, text, rows[1].number, message, f"skriv {right}")


def _cells(row: str) -> int:
    return max(1, len(re.findall(r"(?<!\\)\|", row.strip().strip("|"))) + 1)


def _containers(text: LayerText, lines: Sequence[VisibleLine]) -> Iterator[Finding]:
    opened: list[tuple[VisibleLine, str]] = []
    for line in lines:
        found = _FENCE.match(line.words)
        if not found:
            continue
        kind = found[2]
        if len(found[1]) == 2 and not kind:
            continue
        if len(found[1]) == 2:
            if kind in CONTAINERS:
                yield in_text(MARKDOWN, text, line.number, "två kolon räcker inte", f"::: {kind}")
            continue
        if not kind:
            if opened:
                opened.pop()
            else:
                message = "::: avslutar något som aldrig har börjat"
                yield in_text(
                    MARKDOWN,
                    text,
                    line.number,
                    message,
                    "ta bort raden, eller skriv till exempel ::: not där det börjar",
                )
            continue
        if kind not in CONTAINERS:
            near = nearest(kind, {one: one for one in CONTAINERS})
            hint = f"menade du ”{near}”?" if near else ""
            known = "de som finns är {known}".format(known=", ".join(CONTAINERS))
            yield in_text(MARKDOWN, text, line.number, f"”::: {kind}” finns inte", hint or known)
            opened.append((line, ""))
        else:
            opened.append((line, kind))
    for line, kind in ((line, kind) for line, kind in opened if kind):
        message = f"”::: {kind}” avslutas aldrig"
        yield in_text(MARKDOWN, text, line.number, message, "skriv ::: på en egen rad där det slutar")
