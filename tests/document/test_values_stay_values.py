"""Nothing that a user writes is lost, changed or becomes structure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import iopdocs
from iopdocs.document.walk import inlines_of
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.report import Report
from iopdocs.model.agreement import Agreement
from iopdocs.model.fields import Field, fields_of
from tests.helpers.docx_reading import shape, styled_paragraphs, whole_text
from tests.helpers.properties import examples
from tests.helpers.strategies import texts

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygga-kvallar.yaml"
LIBRARY = load_library()
# What these say is looked up elsewhere: a party's name is what others refer to, an appendix's title likewise.
REFERRED = re.compile(r"parter\[\d+\]\.(namn|kallas|genitiv)|bilagor\[\d+\]\.titel|insatser\[\d+\]\.bilaga")


def text_places(record: Any, path: str = "") -> list[tuple[tuple[Any, ...], str]]:
    """Return (steps, Swedish path) of every plain text in *record*."""
    found = []
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        here = f"{path}.{field.key}" if path else field.key
        items = (
            [((field.name, n), f"{here}[{n + 1}]", item) for n, item in enumerate(value)]
            if field.many
            else [((field.name,), here, value)]
        )
        for steps, where, item in items:
            if type(item) is str and field.type is str and field.entry.printed:
                found.append((steps, where))
            elif item is not None and _is_record(field, item):
                found += [((*steps, *deeper), there) for deeper, there in text_places(item, where)]
    return found


def _is_record(field: Field, item: Any) -> bool:
    return field.is_record and bool(fields_of(type(item)))


def replaced(record: Any, steps: tuple[Any, ...], text: str) -> Any:
    """Return *record* with *text* where *steps* lead."""
    name, *rest = steps
    value = getattr(record, name)
    if rest and isinstance(rest[0], int):
        n, *deeper = rest
        item = replaced(value[n], tuple(deeper), text) if deeper else text
        return attrs.evolve(record, **{name: (*value[:n], item, *value[n + 1 :])})
    return attrs.evolve(record, **{name: replaced(value, tuple(rest), text) if rest else text})


AGREEMENT = iopdocs.load(EXAMPLE)
PLACES = [place for place in text_places(AGREEMENT) if not REFERRED.fullmatch(place[1])]


def render(agreement: Agreement) -> bytes:
    # What the linter says on the first page of a draft follows the text; the agreement's own pages must not.
    return iopdocs.render(agreement, library=LIBRARY, report=Report("", (), ())).to_docx()


@examples(60, suppress_health_check=[HealthCheck.too_slow])
@given(place=st.sampled_from(PLACES), text=texts().filter(lambda text: text.strip()))
def test_any_text_in_any_field_comes_back_as_written_and_changes_no_structure(place: Any, text: str) -> None:
    steps, _path = place
    plain = render(replaced(AGREEMENT, steps, "Vanlig text"))
    docx = render(replaced(AGREEMENT, steps, text))
    assert text in whole_text(docx)
    assert shape(docx) == shape(plain)


@examples(30)
@given(
    name=texts(20).filter(
        lambda text: text.strip() and "\n" not in text and text.strip().casefold() not in ("kommunen", "alla parter")
    )
)
def test_a_party_may_be_called_anything(name: str) -> None:
    agreement = iopdocs.loads(
        "parter:\n  - {namn: Exempelstads kommun, typ: kommun, kallas: kommunen}\n  - {namn: X, typ: ideell förening, kallas: föreningen}\n"
        "ekonomi:\n  resurser:\n    - {part: föreningen, slag: ideellt arbete, år: 2027, timmar: 10}\n"
    )
    parties = (agreement.parties[0], attrs.evolve(agreement.parties[1], short_name=name))
    assert agreement.economy is not None
    resource = attrs.evolve(agreement.economy.resources[0], party=name)
    renamed = attrs.evolve(agreement, parties=parties, economy=attrs.evolve(agreement.economy, resources=[resource]))
    docx = render(renamed)
    assert name in whole_text(docx)
    assert shape(docx) == shape(render(agreement))


@examples(40)
@given(source=texts(60))
def test_rich_text_changes_no_structure_around_it(source: str) -> None:
    def made(text: str) -> bytes:
        agreement = iopdocs.loads("titel: Prov\negna_avsnitt:\n  - {rubrik: Eget, text: x}\nmål: {syfte: Syftet.}")
        own = attrs.evolve(agreement.own_sections[0], text=iopdocs.values.text.RichText(text))
        return render(attrs.evolve(agreement, own_sections=[own]))

    headings = [text for style, text in styled_paragraphs(made("Vanlig text.")) if style.startswith("Heading")]
    assert [text for style, text in styled_paragraphs(made(source)) if style.startswith("Heading")] == headings


def test_rich_text_has_paragraphs_lists_and_emphasis() -> None:
    agreement = iopdocs.loads(
        "egna_avsnitt:\n  - rubrik: Forskning\n    text: |\n      Ett *viktigt* stycke.\n\n      - en punkt\n      - **en till**\n\n      # ingen rubrik\n"
    )
    docx = render(agreement)
    words = [text for _style, text in styled_paragraphs(docx)]
    assert "Ett viktigt stycke." in words
    assert "en punkt" in words
    assert "# ingen rubrik" in words
    styles = {text: style for style, text in styled_paragraphs(docx)}
    assert styles["en punkt"].startswith("List")


@pytest.mark.parametrize("text", ["\ue0000\ue001", "\ue0020:1\ue003", "\ue004mal\ue005x\ue006"])
def test_a_text_that_looks_like_a_token_of_the_engine_is_a_text(text: str) -> None:
    agreement = iopdocs.loads("mål: {syfte: x}\nbilagor: [{titel: B, text: x}]")
    assert agreement.goals is not None
    changed = attrs.evolve(agreement, goals=attrs.evolve(agreement.goals, purpose=text))
    appendix = attrs.evolve(agreement.appendices[0], text=iopdocs.values.text.RichText(text))
    assert whole_text(render(attrs.evolve(changed, appendices=[appendix]))).count(text) == 2


def test_every_block_and_value_says_where_it_comes_from() -> None:
    document = iopdocs.render(AGREEMENT, library=LIBRARY)
    for section in document.sections:
        for block in section.blocks:
            assert block.origin.file.endswith(".j2"), block
            assert block.origin.line > 0, block
    paths = {
        node.path
        for s in document.sections
        for b in s.blocks
        for node in inlines_of(getattr(b, "children", ()))
        if hasattr(node, "path")
    }
    assert "mål.syfte" in paths
