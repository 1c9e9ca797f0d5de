"""What the preview answers: the page and its states to the browser on this computer, nothing to anybody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup

from iopdocs.cli.commands.clauses_preview_command import source_of
from iopdocs.files.data_writer import dumps
from iopdocs.files.loader import loads
from iopdocs.library.layer_reader import load_library
from iopdocs.library.layers import Library
from iopdocs.preview.current_view import PreviewState
from iopdocs.preview.page import page_of
from iopdocs.preview.watched_files import PreviewInputs, PreviewSource, WatchedPaths
from tests.helpers.preview import DATA, SECTION, Place, Preview
from tests.helpers.properties import examples


def select(tree: markup.HtmlElement, way: str) -> list[markup.HtmlElement]:
    """Return the elements that *way* leads to: tags, .classes and #ids with spaces between them."""
    steps = ""
    for step in way.split():
        tag, kind, name = re.fullmatch(r"(\w*)([.#]?)([\w-]*)", step).groups()
        attribute = {".": f"[contains(concat(' ', @class, ' '), ' {name} ')]", "#": f"[@id='{name}']", "": ""}[kind]
        steps += f"//{tag or '*'}{attribute}"
    return tree.xpath(steps)


def words(page: str) -> str:
    return " ".join(markup.document_fromstring(page).text_content().split())


def test_the_page_shows_the_agreement_the_findings_and_how_things_stand(standing: Preview) -> None:
    answer, page = standing.ask()
    assert answer.status == 200
    said = words(page)
    assert "Cykelköket i Lillby" in said
    assert "UTKAST" in said
    assert "Kvar att göra" in said
    assert "lager: bas, lillby" in said
    assert re.search(r"Uppdaterad \d\d:\d\d:\d\d", said)
    findings = select(markup.document_fromstring(page), "#_pv-list li")
    report = standing.showcase.look().shown
    assert report is not None
    assert len(findings) == len(report.report.findings) > 3
    assert {one.code for one in report.report.findings} <= set(said.split())


def test_every_link_to_a_place_leads_somewhere(standing: Preview) -> None:
    tree = markup.document_fromstring(standing.ask()[1])
    links = select(tree, "#_pv-list a")
    assert links
    assert [link.get("href") for link in links if not tree.xpath("//*[@id=$id]", id=link.get("href")[1:])] == []
    identifiers = tree.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))


def test_nothing_is_loaded_from_elsewhere_and_nothing_stands_in_the_page_that_runs(standing: Preview) -> None:
    page = standing.ask()[1]
    tree = markup.document_fromstring(page)
    asked = [*tree.xpath("//script/@src"), *tree.xpath("//link/@href"), *tree.xpath("//img/@src")]
    assert sorted(asked) == ["/ikon.svg", "/skript.js", "/stil.css"]
    assert all(standing.ask(path)[0].status == 200 for path in asked)
    assert tree.xpath("//script[not(@src)] | //style | //@style | //@*[starts-with(name(), 'on')]") == []


@pytest.mark.parametrize(
    "host",
    ["ond.example", "ond.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost", "localhost.ond.example:{port}",
     "127.0.0.1:{port}.ond.example", "[::1]:{port}", "0.0.0.0:{port}", "127.0.0.1:{port}@ond.example", ""],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/handelser", "/skript.js"])
def test_a_name_that_is_not_this_computers_is_refused(host: str, path: str, standing: Preview) -> None:
    answer, text = standing.ask(path, Host=host.format(port=standing.port))
    assert answer.status == 421
    assert "Lillby" not in text
    assert answer.getheader("Content-Security-Policy")


@pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}"])
def test_this_computer_by_name_is_welcome(host: str, standing: Preview) -> None:
    assert standing.ask(Host=host.format(port=standing.port))[0].status == 200


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://ond.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:1"},
     {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors"}, {"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors"}],
)  # fmt: skip
def test_another_site_is_refused(headers: dict[str, str], standing: Preview) -> None:
    answer, text = standing.ask(**headers)
    assert answer.status == 403
    assert "Lillby" not in text
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_the_pages_own_script_is_welcome(standing: Preview) -> None:
    own = {"Origin": f"http://127.0.0.1:{standing.port}", "Sec_Fetch_Site": "same-origin", "Sec_Fetch_Mode": "cors"}
    assert standing.ask(**own)[0].status == 200


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "HITTEPÅ".encode().hex()]
)
def test_nothing_but_reading_is_allowed(method: str, standing: Preview) -> None:
    answer, _text = standing.ask(method=method)
    assert (answer.status, answer.getheader("Allow")) == (405, "GET")


@pytest.mark.parametrize("path", ["/", "/stil.css", "/finns-inte"])
def test_every_answer_says_what_a_browser_may_do_with_it(path: str, standing: Preview) -> None:
    answer, _text = standing.ask(path)
    policy = answer.getheader("Content-Security-Policy") or ""
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("Server") is None


@pytest.mark.parametrize(
    "path",
    ["/avtal.yaml", "/../avtal.yaml", "/%2e%2e/avtal.yaml", "//etc/passwd", "/page_files/stil.css", "/../source.py",
     "/vart-lager/lager.yaml", "/skript.js/../../app.py"],
)  # fmt: skip
def test_no_path_opens_a_file(path: str, standing: Preview) -> None:
    answer, text = standing.ask(path)
    assert answer.status == 404
    assert len(text) < 100


@pytest.mark.parametrize("name", ["../avtal", "/etc/passwd", "C:\\avtal", "..%2F..%2Favtal.yaml", "saknas"])
def test_a_sample_is_chosen_by_its_name_and_is_never_a_path(
    name: str, place: Place, preview: Callable[..., Preview]
) -> None:
    answer, page = preview(None, place.options()).ask(f"/?exempel={name}")
    assert answer.status == 200
    said = words(page)
    assert "finns inte – välj bland:" in said
    assert "Lillby kommun" not in said


def test_a_name_of_a_sample_means_nothing_beside_a_file(standing: Preview) -> None:
    assert "Cykelköket i Lillby" in words(standing.ask("/?exempel=tva-parter")[1])


def test_without_a_file_there_is_a_menu_of_the_layers_samples(place: Place, preview: Callable[..., Preview]) -> None:
    samples = place.layer / "exempel"
    samples.mkdir()
    (samples / "min-egen.yaml").write_text(DATA.replace("Cykelköket", "Vårt eget exempel"), encoding="utf-8")
    made = preview(None, place.options())
    tree = markup.document_fromstring(made.ask()[1])
    # One's own samples go first: that is what the author of a layer wants to see.
    assert tree.xpath("string(//main//h1)") == "Vårt eget exempel i Lillby"
    assert tree.xpath("//option[@selected]/@value") == ["min-egen"]
    assert set(tree.xpath("//option/@value")) == {"min-egen", *load_library().samples}
    other = next(iter(load_library().samples))
    again = markup.document_fromstring(made.ask(f"/?exempel={other}")[1])
    assert again.xpath("//option[@selected]/@value") == [other]


def test_layers_without_samples_have_an_agreement_to_show() -> None:
    base = load_library()
    bare = Library(tuple(attrs.evolve(layer, samples={}) for layer in base.layers))
    source = PreviewSource(file=None, given=lambda: PreviewInputs(library=bare), places=WatchedPaths)
    page = page_of(PreviewState(source, datetime.now).look(), "prov")
    assert "Exempelstads kommun" in words(page)


def showcase_of(place: Place) -> PreviewState:
    return PreviewState(source_of(place.data, place.options()), lambda: datetime(2027, 5, 4, 14, 3, 12))


def test_wrong_text_is_shown_above_the_last_good_document(place: Place) -> None:
    case = showcase_of(place)
    assert "Uppdaterad 14:03:12" in words(page_of(case.look(), "prov"))
    place.section.write_text(SECTION + "{% if bakgrund %}\n", encoding="utf-8")
    assert "Fel i texten" not in words(page_of(case.look(), "prov"))
    case.changed()
    tree = markup.document_fromstring(page_of(case.look(), "prov"))
    (told,) = select(tree, ".pv-trouble li")
    assert re.search(r"avsnitt/bakgrund\.md\.j2:\d+ – ", told.text_content())
    assert select(tree, "#_pv-state")[0].text_content() == "Fel i texten"
    assert "Staden skriver sin egen bakgrund." in select(tree, ".pv-old main")[0].text_content()
    place.section.write_text(SECTION.replace("sin egen", "om sin"), encoding="utf-8")
    case.changed()
    mended = markup.document_fromstring(page_of(case.look(), "prov"))
    assert select(mended, ".pv-trouble") == select(mended, ".pv-old") == []
    assert "Staden skriver om sin bakgrund." in mended.text_content()


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda place: place.data.write_text(DATA + "mål: [\n", encoding="utf-8"), r"avtal\.yaml:\d+ – "),
        (lambda place: place.data.write_text(DATA + "hittepå: ja\n", encoding="utf-8"), r"avtal\.yaml:12 – "),
        (lambda place: place.data.write_bytes(b"\xff\xfe\x00"), r"avtal\.yaml"),
        (lambda place: place.data.unlink(), r"avtal\.yaml"),
        (lambda place: (place.layer / "lager.yaml").write_text("namn: [\n", encoding="utf-8"), r"lager\.yaml:\d+ – "),
        (lambda place: (place.layer / "lager.yaml").unlink(), r"vart-lager – "),
        (lambda place: place.section.write_text("---\nid: [\n---\n", encoding="utf-8"), r"bakgrund\.md\.j2:\d+ – "),
        (lambda place: place.section.write_text("{{ bakgrnd }}", encoding="utf-8"), r"bakgrund\.md\.j2:1 – "),
        (lambda place: (place.layer / "mall.docx").mkdir(), None),
    ],
)  # fmt: skip
def test_any_error_is_shown_with_its_file_and_the_document_remains(
    spoil: Callable[[Place], object], where: str | None, place: Place
) -> None:
    case = showcase_of(place)
    case.look()
    spoil(place)
    case.changed()
    view = case.look()
    said = words(page_of(view, "prov"))
    assert "Barn i Lillby saknar cyklar." in said
    if where is not None:
        told = " ".join(
            one.text_content() for one in select(markup.document_fromstring(page_of(view, "prov")), ".pv-trouble li")
        )
        assert re.search(where, told)


def test_a_preview_that_begins_with_something_wrong_waits_for_it_to_be_mended(place: Place) -> None:
    place.data.write_text("parter: [", encoding="utf-8")
    case = showcase_of(place)
    assert "Här visas avtalet när felen ovan är rättade." in words(page_of(case.look(), "prov"))
    place.data.write_text(DATA, encoding="utf-8")
    case.changed()
    assert "Barn i Lillby saknar cyklar." in words(page_of(case.look(), "prov"))


def test_wrong_settings_are_shown_and_their_layers_are_watched(place: Place) -> None:
    config = place.folder / "iopdocs.yaml"
    config.write_text("lager: [vart-lager]\nprofiler: [grund]\n", encoding="utf-8")
    source = source_of(place.data, place.options(layers=(), no_config=False))
    assert place.layer in source.places().folders
    assert config in source.places().files
    case = PreviewState(source, datetime.now)
    assert "Staden skriver" in words(page_of(case.look(), "prov"))
    config.write_text("lager: [vart-lager]\nprofiler: [finnsinte]\n", encoding="utf-8")
    case.changed()
    assert "iopdocs.yaml:2" in words(page_of(case.look(), "prov"))


def test_a_change_of_the_base_layer_is_read_too(place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a checkout the base texts are edited as well."""
    import shutil

    from iopdocs.library import layer_reader
    from iopdocs.library.layer_reader import templates_dir
    from iopdocs.preview import watched_files as preview_source

    base = tmp_path / "bas"
    shutil.copytree(templates_dir(), base)
    for module in (layer_reader, preview_source):
        monkeypatch.setattr(module, "templates_dir", lambda: base)
    layer_reader.forget_base_layer()
    try:
        case = PreviewState(source_of(place.data, place.options(layers=())), datetime.now)
        assert "Ett tillägg i grunden." not in words(page_of(case.look(), "prov"))
        text = base / "avsnitt" / "bakgrund.md.j2"
        text.write_text(text.read_text(encoding="utf-8") + "\n\nEtt tillägg i grunden.\n", encoding="utf-8")
        case.changed()
        assert "Ett tillägg i grunden." in words(page_of(case.look(), "prov"))
    finally:
        monkeypatch.undo()
        layer_reader.forget_base_layer()


def strips(page: str) -> dict[str, str]:
    """Return what is told of each block's origin by the block's own text."""
    tree = markup.document_fromstring(page)
    found = {}
    for strip in select(tree, ".pv-origin"):
        shown = strip.getnext() if strip.getnext() is not None else strip.getparent()
        text = " ".join((shown.text_content() if strip.getnext() is not None else strip.tail or "").split())
        found[text] = " ".join(strip.text_content().split())
    return found


def test_each_paragraph_shows_its_text_file_line_and_layer(standing: Preview) -> None:
    told = strips(standing.ask()[1])
    own = told["Staden skriver sin egen bakgrund."]
    assert own.startswith("Ursprung: bakgrund · avsnitt/bakgrund.md.j2 rad 7 · lillby · ")
    assert "vart-lager/avsnitt/bakgrund.md.j2, rad 7" in own
    assert "Ersätter" in own
    assert "bakgrund.behov (rad 11)" in told["Barn i Lillby saknar cyklar."]


def test_what_no_text_made_says_so(standing: Preview) -> None:
    told = strips(standing.ask()[1])
    assert told["Kvar att göra"] == "Ursprung: utkastets första sida · skrivs av iopdocs"
    (missing,) = [said for text, said in told.items() if text.endswith("Mål med avtalad verksamhet")]
    assert missing == "Ursprung: saknas i avtalet · krävs av profilen"


def test_clause_shows_what_decided_it(place: Place, preview: Callable[..., Preview]) -> None:
    texts = {
        "avsnitt/bakgrund.md.j2": SECTION + '\n{% klausul "cyklar", "köps" %}\n\n{% klausul "hjälmar" %}\n',
        "klausuler/cyklar/koeps.md.j2": "---\nid: cyklar/köps\n---\nCyklarna köps.\n",
        "klausuler/cyklar/lanas.md.j2": "---\nid: cyklar/lånas\n---\nCyklarna lånas.\n",
        "klausuler/hjalmar/lanas.md.j2": "---\nid: hjälmar/lånas\nväljs_när: bakgrund.behov\n---\nHjälmar lånas ut.\n",
        "klausuler/hjalmar/kops.md.j2": "---\nid: hjälmar/köps\n---\nHjälmar köps in.\n",
    }
    for name, text in texts.items():
        file = place.layer / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    made = preview(place.data, place.options())
    told = strips(made.ask()[1])
    assert "cyklar/köps" in told["Cyklarna köps."]
    assert "avsnittets egen text" in told["Cyklarna köps."]
    assert "följer av uppgifterna" in told["Hjälmar lånas ut."]
    place.data.write_text(DATA + "klausuler: {cyklar: lånas}\n", encoding="utf-8")
    made.showcase.changed()
    chosen = strips(made.ask()[1])["Cyklarna lånas."]
    assert "cyklar/lånas" in chosen
    assert "valt i avtalet (klausuler: cyklar: lånas)" in chosen


def test_own_clause_shows_where_it_is_written(place: Place, preview: Callable[..., Preview]) -> None:
    place.data.write_text(DATA + "egna_klausuler:\n  - text: Föreningen lånar ut pumpar.\n", encoding="utf-8")
    told = strips(preview(place.data, place.options()).ask()[1])["Föreningen lånar ut pumpar."]
    assert "egen klausul · rad 13 · skrivet i avtalet" in told


BASE = load_library()
TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Co", "Cc")) | st.sampled_from("<>&\"'"), min_size=1, max_size=80
)


@examples(25)
@given(text=TEXT.map(str.strip).filter(bool))
def test_data_never_become_markup(text: str) -> None:
    spiked = f'{text}<script src=/x></script>" onload="x\'&lt;{text}'
    with TemporaryDirectory() as folder:
        data = Path(folder, "avtal.yaml")
        data.write_text(dumps(attrs.evolve(loads(DATA), title=spiked)), encoding="utf-8")
        source = PreviewSource(file=data, given=lambda: PreviewInputs(library=BASE), places=WatchedPaths)
        page = page_of(PreviewState(source, datetime.now).look(), "prov")
    tree = markup.document_fromstring(page)
    assert tree.xpath("//script/@src") == ["/skript.js"]
    assert tree.xpath("//@onload") == []
    assert "".join(spiked.split()) == "".join(tree.xpath("string(//main//h1)").split())


def test_neither_do_names_and_messages(place: Place) -> None:
    (place.layer / "lager.yaml").write_text("namn: <img src=x>\n", encoding="utf-8")
    place.section.write_text("{{ '<b onclick=x>'|hittepå }}", encoding="utf-8")
    page = page_of(showcase_of(place).look(), "<x>")
    tree = markup.document_fromstring(page)
    assert tree.xpath("//img | //b | //@onclick") == []
