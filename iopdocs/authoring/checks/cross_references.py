"""Check that some agreement can have the heading that a cross-reference points at."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from attrs import frozen

from iopdocs.authoring.layer_findings import REFERENCES, in_text
from iopdocs.document.numbering import slug
from iopdocs.findings import Finding
from iopdocs.library.layers import Library
from iopdocs.library.source import DATUM, headings, rewritten, visible_lines
from iopdocs.library.texts import LayerText

_REFERENCE = re.compile(r"\]\(\s*#([^)\s]*)\s*\)")
_LITTLE = 4  # the fewest letters besides its data that a heading must have to count as a target


@frozen
class HeadingTargets:
    """The targets of references: *names* (id to what a reader sees), and *patterns* of headings with data in them."""

    names: Mapping[str, str]
    patterns: tuple[re.Pattern[str], ...]

    def has(self, target: str) -> bool:
        """Return whether some agreement can have the heading *target*."""
        plain = re.sub(r"-[0-9]+$", "", target)
        return any(one in self.names for one in (target, plain)) or any(p.fullmatch(target) for p in self.patterns)

    def near(self, target: str) -> str:
        """Return the target that somebody who wrote *target* may have meant, or nothing."""
        wanted = slug(target)
        if wanted in self.names:
            return wanted
        starts = [one for one in self.names if one.startswith(wanted) or (wanted.startswith(one) and len(one) > 3)]
        near = difflib.get_close_matches(wanted, list(self.names), n=1, cutoff=0.6)
        return near[0] if near else min(starts, key=len, default="")


def targets_of(library: Library) -> HeadingTargets:
    """Return the targets of references in the documents of *library*."""
    names: dict[str, str] = {}
    patterns: list[re.Pattern[str]] = []
    for name in library.names("avsnitt/"):
        stem = name.rsplit("/", 1)[-1].split(".", 1)[0]
        names[stem] = library.heading(stem)
    for layer in library.layers:
        for text in layer.texts.values():
            for heading in headings(text.body):
                parts = [slug(part) for part in rewritten(heading.written, lambda _tag: DATUM).split(DATUM)]
                if len(parts) == 1:
                    names.setdefault(parts[0], heading.words)
                elif len("".join(parts)) >= _LITTLE:
                    patterns.append(re.compile(".*".join(map(re.escape, parts))))
    patterns += [re.compile(r"bilaga-[0-9]+"), re.compile(r"eget-[0-9]+")]
    return HeadingTargets(names, tuple(patterns))


def references_of(text: LayerText) -> Iterator[tuple[int, str]]:
    """Yield (1-based line, target) of each reference in *text*."""
    for line in visible_lines(text.body):
        for match in _REFERENCE.finditer(line.words):
            yield line.number, match[1]


def dead_references(text: LayerText, targets: HeadingTargets) -> Iterator[Finding]:
    """Yield a problem for each reference of *text* that no agreement has a target for."""
    for line in visible_lines(text.body):
        for match in _REFERENCE.finditer(line.words):
            target = match[1]
            if DATUM in target or targets.has(target):
                continue
            if not target:
                message, hint = "hänvisningen säger inte vart", "skriv rubriken efter #: [](#tvist)"
            else:
                message = f"ingen text har rubriken som [](#{target[:60]}) hänvisar till"
                near = targets.near(target)
                if near:
                    told = "menade du [](#{near}), som är ”{heading}”?"
                    hint = told.format(near=near, heading=targets.names.get(near, near))
                else:
                    hint = "skriv rubrikens ord med små bokstäver utan å, ä och ö, med bindestreck mellan dem"
            yield in_text(REFERENCES, text, line.number, message, hint, column=line.column(match.start()))
