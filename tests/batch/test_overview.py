"""The overview page as it is written: right numbers, tables for those without a script, and data that stay data."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from iopdocs.batch.outcome import BatchReport, OutcomeState, WrittenDocument
from iopdocs.batch.overview.figures import buckets
from iopdocs.batch.overview.page import write_overview
from iopdocs.batch.overview.timeline import TimeAxis, in_words
from iopdocs.register.rows import WatchKind
from iopdocs.register.watch_list import watched
from tests.batch.test_report_files import AWKWARD, hostile
from tests.helpers.batch_reports import DAY, report
from tests.helpers.properties import examples

PATH = Path("rapport.html")


def page(made: BatchReport, path: Path = PATH) -> Any:
    return html.document_fromstring(write_overview(made, path).decode("utf-8"))


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def rows(tree: Any, kind: str, number: int = 0) -> list[list[str]]:
    """Return the texts of the rows of a table, the row of sums not among them."""
    table = tree.xpath(f'//table[@class="{kind}"]')[number]
    return [[words(cell) for cell in row] for row in table.xpath("./tbody[@data-rows]/tr")]


def test_every_question_has_a_heading_and_every_table_a_caption_and_scopes() -> None:
    tree = page(report(60))
    assert [words(one) for one in tree.xpath("//h2")] == [
        "Hur kompletta är avtalen?",
        "Vad saknas oftast?",
        "Vilka avtal löper ut?",
        "Vad betalas till vem?",
        "Vad bidrar parterna med?",
        "Alla avtal",
    ]
    for table in tree.xpath("//table"):
        assert words(table.find("caption"))
        assert table.xpath("boolean(thead//th)")
        assert all(head.get("scope") in ("col", "row") for head in table.xpath(".//th"))
        assert all(row[0].tag == "th" for row in table.xpath("./tbody/tr"))


def test_the_heat_map_says_in_figures_how_each_section_is_met_the_worst_first() -> None:
    made = report(60)
    tree = page(made)
    found = rows(tree, "heat")
    assert len(found) == sum(one.row is not None for one in made.outcomes)
    shares = [int(cells[1].split("/")[0]) for cells in found]
    assert shares == sorted(shares)
    for profile, number in (("grund", 14), ("malmo", 52)):
        place = made.profiles.index(profile)
        met = {cells[0]: cells[1] for cells in rows(tree, "heat", place)}
        titles = [one.title for one in made.outcomes]
        for one in made.outcomes:
            if one.row and titles.count(one.title) == 1:
                lacks = sum(lack.profile == profile for lack in one.lacking)
                assert met[one.title] == f"{number - lacks}/{number}"


def test_sections_stand_in_the_order_of_the_document() -> None:
    made = report(5)
    heads = [words(one) for one in page(made).xpath('(//table[@class="heat"])[2]/thead//th')][2:]
    assert heads == [heading for heading in made.headings.values() if heading in heads]
    assert len(heads) > 10


def test_what_is_missing_most_often_stands_first_with_how_many_lack_it() -> None:
    made = report(60)
    for place, profile in enumerate(made.profiles):
        counts = [int(cells[2]) for cells in rows(page(made), "missing", place)]
        assert counts == sorted(counts, reverse=True)
        assert sum(counts) == sum(lack.profile == profile for one in made.outcomes for lack in one.lacking)


def test_money_is_summed_by_who_gets_it_and_year() -> None:
    made = report(60)
    tree = page(made)
    paid = [one for each in made.outcomes if each.row for one in each.row.paid]
    found = {cells[0]: cells[-1] for cells in rows(tree, "money")}
    for payee in {one.payee for one in paid}:
        total = sum((one.amount for one in paid if one.payee == payee), Decimal(0))
        assert found[payee].replace("\u00a0", "").replace(" ", "") == str(int(total))
    whole = words(tree.xpath('//div[@data-money="p"]//tr[@class="sum"]')[0])
    every = sum(one.amount for one in paid)
    assert whole.replace("\u00a0", "").replace(" ", "").endswith(str(int(every)))


def test_dates_near_the_day_of_the_report_stand_first_and_say_how_near() -> None:
    found = rows(page(report(60)), "time")
    ahead = [min(one for one in cells[2:4] if one[:10] >= DAY.isoformat()) for cells in found[:5]]
    assert ahead == sorted(ahead, key=lambda said: said[:10])
    assert re.fullmatch(r"2027-\d\d-\d\d om \d+ dagar", ahead[0])
    over = [cells for cells in found if "har löpt ut" in cells[3]]
    assert found[-len(over) :] == over


def test_what_runs_out_is_what_the_register_says_and_no_draft() -> None:
    made = report(60)
    kept = tuple(one.row for one in made.outcomes if one.row)
    ends = {watch.agreements[0] for watch in watched(kept, DAY) if watch.kind is WatchKind.ENDING}
    assert page(made).xpath('string(//b[@data-k="2"])') == str(len(ends)) != "0"
    for key in ("2", "3"):
        drafts = attrs.evolve(
            made,
            outcomes=tuple(
                attrs.evolve(one, row=attrs.evolve(one.row, status="utkast")) for one in made.outcomes if one.row
            ),
        )
        assert page(made).xpath(f'string(//b[@data-k="{key}"])') != "0"
        assert page(drafts).xpath(f'string(//b[@data-k="{key}"])') == "0"


@pytest.mark.parametrize(
    ("days", "said"), [(0, "i dag"), (1, "i morgon"), (90, "om 90 dagar"), (91, "om 3 månader"), (365, "om 12 månader"), (800, "om 2 år")]
)  # fmt: skip
def test_how_far_ahead_a_day_is_is_said_as_people_say_it(days: int, said: str) -> None:
    assert in_words(days) == said


@given(day=st.dates(), first=st.integers(1, 9990), length=st.integers(0, 9))
def test_what_is_drawn_stays_within_the_years(day: Any, first: int, length: int) -> None:
    assert 0 <= TimeAxis(first, first + length).at(day) <= 100


@given(years=st.lists(st.none() | st.integers(1, 9999)))
def test_every_year_has_one_column_and_there_are_few(years: list[int | None]) -> None:
    columns = buckets(years, DAY)
    if columns is None:
        assert not years
        return
    assert len(columns.names) <= 10
    assert len(set(columns.names)) == len(columns.names)
    for year in years:
        name = columns.names[columns.index(year)]
        assert name == {None: "Varje år"}.get(year, str(year)) or name in ("Tidigare", "Senare")


def test_links_lead_from_the_report_to_the_documents_wherever_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "ut 1"
    made = report(2, folder=str(folder))
    for path in (folder / "rapport.html", tmp_path / "rapport.html", tmp_path / "a" / "rapport.html"):
        links = page(made, path).xpath('//table[@class="list"]//a/@href')
        found = {(path.parent / unquote(link)).resolve() for link in links}
        assert found == {(folder / file.name).resolve() for one in made.outcomes for file in one.written}


def test_a_document_that_failed_has_no_link_and_one_beside_an_edited_says_so() -> None:
    made = report(1)
    one = attrs.evolve(
        made.outcomes[0],
        written=(
            WrittenDocument("pdf", "A.pdf", OutcomeState.FAILED),
            WrittenDocument("docx", "A (ny).docx", OutcomeState.BESIDE, "0"),
        ),
    )
    cell = page(attrs.evolve(made, outcomes=(one,))).xpath('//table[@class="list"]/tbody/tr/td[last()]')[0]
    assert cell.xpath(".//a/@href") == ["./ut/A%20%28ny%29.docx"]
    assert "PDF kunde inte skrivas" in words(cell)
    assert "skrivet bredvid ett som har ändrats" in words(cell)


def test_the_address_of_a_document_is_never_a_scheme() -> None:
    made = report(1)
    one = attrs.evolve(
        made.outcomes[0], written=(WrittenDocument("html", "javascript:alert(1)", OutcomeState.WRITTEN),)
    )
    (link,) = page(attrs.evolve(made, outcomes=(one,), folder=".")).xpath('//table[@class="list"]//a/@href')
    assert link == "./javascript%3Aalert%281%29"


def test_an_agreement_that_could_not_be_read_says_where_and_what_would_be_right() -> None:
    text = words(page(report(60)).xpath('//table[@class="list"]/tbody/tr[18]')[0])
    assert "kunde inte läsas" in text
    assert "Avtal!E20" in text
    assert "skriv till exempel 2027-01-31" in text


def test_what_was_interrupted_or_wrong_as_a_whole_stands_first() -> None:
    made = attrs.evolve(report(3), interrupted=True)
    (notice,) = page(made).xpath('//section[@class="notice"]')
    assert "avbröts" in words(notice)
    assert page(report(3)).xpath('//section[@class="notice"]') == []


def test_the_policy_of_the_page_allows_its_own_style_and_scripts_and_nothing_else() -> None:
    text = write_overview(report(3), PATH).decode()
    (policy,) = page(report(3)).xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')
    inside = re.findall(r"<(style|script)>(.*?)</\1>", text, re.DOTALL)
    hashes = {base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for _tag, body in inside}
    assert len(hashes) == 3
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert " style=" not in text.split("</style>")[1].split("<script>")[0]
    assert "http://" not in text.replace("http-equiv", "")
    assert "https://" not in text


SHAPE = [one.tag for one in page(hostile("x", DAY, 2027)).iter() if isinstance(one.tag, str)]


@examples(60)
@given(text=AWKWARD.filter(lambda text: text.strip()))
def test_no_text_becomes_markup(text: str) -> None:
    tree = page(hostile(text, DAY, 2027))
    assert [one.tag for one in tree.iter() if isinstance(one.tag, str)].count("script") == 3
    assert {one.tag for one in tree.iter() if isinstance(one.tag, str)} <= set(SHAPE)
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on") or name == "style"]
    assert list(tree.iter("img", "iframe", "object")) == []
    data = json.loads(tree.get_element_by_id("data").text)
    assert len(data["avtal"]) == 2
    assert text in data["parter"]
