"""A layer as a zip: it gives what its folder gives, and a hostile zip is refused before anything in it is read."""

import contextlib
import os
import pickle
import shutil
import stat
import sys
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import iopdocs
from iopdocs.authoring.layer_check import check_layer
from iopdocs.cli.commands.clauses_preview_command import source_of
from iopdocs.cli.lint_settings import LintCommandOptions
from iopdocs.errors import LibraryError
from iopdocs.library.layer_files import LayerFiles, open_layer
from iopdocs.library.layer_reader import load_library
from iopdocs.preview.current_view import PreviewState
from tests.helpers.command import iopdocs as command
from tests.helpers.layers import make_layer
from tests.helpers.properties import examples

ROOT = Path(__file__).parents[2]
EXEMPELSTAD = ROOT / "examples" / "lager" / "exempelstad"
AGREEMENT = ROOT / "examples" / "trygga-kvallar.yaml"
LAYERS = ROOT / "tests" / "layers"
MANIFEST = {"lager.yaml": "namn: prov\n"}

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are made as in Unix")


def zipped(folder: Path, target: Path, top: str = "") -> Path:
    """Write *folder* as the zip *target*, inside the folder *top* of it, and return it."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, f"{top}{path.relative_to(folder).as_posix()}")
    return target


def entry(name: str, **attributes: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x")
    info.filename = name
    for attribute, value in attributes.items():
        setattr(info, attribute, value)
    return info


def made(target: Path, *entries: tuple[zipfile.ZipInfo | str, str | bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of a name that is written twice.
        for info, content in (*MANIFEST.items(), *entries):
            archive.writestr(info, content)
    return target


def refusal(layer: Path) -> str:
    with pytest.raises(LibraryError) as caught:
        load_library([layer])
    assert all(problem.hint for problem in caught.value.problems)
    assert all(problem.file == str(layer) for problem in caught.value.problems)
    return str(caught.value)


@pytest.mark.parametrize("top", ["", "exempelstad/"])
def test_zip_gives_the_same_document_as_its_folder(top: str, tmp_path: Path) -> None:
    layer = zipped(EXEMPELSTAD, tmp_path / "lager.zip", top)
    agreement = iopdocs.load(AGREEMENT)
    folder, inside = load_library([EXEMPELSTAD]), load_library([layer])
    assert iopdocs.render(agreement, library=inside).to_docx() == iopdocs.render(agreement, library=folder).to_docx()
    profiles = ("grund", "exempelstad")
    found, expected = (iopdocs.lint(agreement, library=one, profiles=profiles).findings for one in (inside, folder))
    assert found == expected
    assert inside.digest == folder.digest
    assert inside.wordlist("upphandlingsord") == folder.wordlist("upphandlingsord")
    assert {*inside.samples} == {*folder.samples}
    assert inside.sample("sommarkollo") == folder.sample("sommarkollo")


def test_zip_holds_question_lists_and_choices_too(tmp_path: Path) -> None:
    base = Path(load_library().layers[0].folder)
    folder = make_layer(tmp_path / "l", {})
    shutil.copytree(base / "bedomning", folder / "bedomning")
    shutil.copy(base / "vagval.yaml", folder)
    library = load_library([zipped(folder, tmp_path / "l.zip")])
    assert set(library.layers[1].questions) == set(library.layers[0].questions)
    assert library.layers[1].choices == library.layers[0].choices


@pytest.mark.parametrize("name", sorted(folder.name for folder in LAYERS.iterdir()))
def test_every_mistake_in_a_folder_is_found_in_its_zip(name: str, tmp_path: Path) -> None:
    layer = zipped(LAYERS / name, tmp_path / "lager.zip", f"{name}/")

    def found(place: Path) -> list[tuple[str, str, int, str, str]]:
        checked = check_layer([place], rendered=False).found
        return [
            (one.code, Path(one.file).relative_to(place).as_posix(), one.line, one.message, one.hint) for one in checked
        ]

    assert found(layer) == found(LAYERS / name)


def test_mistake_in_a_zip_is_shown_with_its_place_and_its_line(tmp_path: Path) -> None:
    folder = make_layer(tmp_path / "l", {"avsnitt/mal.md.j2": "---\nid: mål\n---\n{{ titel }"})
    zipped(folder, tmp_path / "lager.zip")
    done = command("clauses", "check", "lager.zip", cwd=tmp_path)
    assert done.code == 1
    assert f"{Path('lager.zip', 'avsnitt', 'mal.md.j2')}:4" in done.out
    assert "4 | {{ titel }" in done.out


def test_settings_may_name_a_zip(tmp_path: Path) -> None:
    zipped(EXEMPELSTAD, tmp_path / "lager.zip")
    (tmp_path / "iopdocs.yaml").write_text("lager: [lager.zip]\n", encoding="utf-8")
    shutil.copy(AGREEMENT, tmp_path / "avtal.yaml")
    assert command("render", "avtal.yaml", "-o", "avtal.docx", cwd=tmp_path).code == 0
    document = iopdocs.render(iopdocs.load(AGREEMENT), layers=[EXEMPELSTAD])
    written = (tmp_path / "avtal.docx").read_bytes()
    assert written == document.to_docx()
    assert command("clauses", "check", cwd=tmp_path).code == 0
    assert command("clauses", "show", "överskott/fonderas", cwd=tmp_path).code == 0
    assert "exempelstad" in command("clauses", "diff", cwd=tmp_path).out


def test_nothing_is_written_into_a_zip(tmp_path: Path) -> None:
    layer = zipped(EXEMPELSTAD, tmp_path / "lager.zip")
    before = layer.read_bytes()
    for name in ("lager.zip", "finns-inte.zip"):
        done = command("clauses", "new", "avsnitt/mål", "--layer", name, cwd=tmp_path)
        assert done.code != 0
        assert "packa upp zip-filen" in done.err
    assert command("clauses", "check", "lager.zip", "-o", "lager.zip", "--overwrite", cwd=tmp_path).code == 2
    assert layer.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["lager.zip"]


def test_what_finder_and_git_add_is_left_out(tmp_path: Path) -> None:
    layer = made(
        tmp_path / "l.zip", ("__MACOSX/._lager.yaml", b"\0\1"), (".git/HEAD", "x"), ("avsnitt/.git/x.md.j2", "x")
    )
    assert open_layer(layer).files == ("lager.yaml",)


def test_names_in_swedish_are_right_whichever_program_packed_them(tmp_path: Path) -> None:
    # zip -r and Finder write the bytes of UTF-8, and nothing that says so; Windows writes as old DOS did.
    utf_8, dos = "annat/ö.txt".encode(), "annat/å.txt".encode("cp437")
    layer = tmp_path / "l.zip"
    with zipfile.ZipFile(layer, "w") as archive:
        for info in (entry("lager.yaml"), entry("annat/XX.txt"), entry("annat/Y.txt")):
            archive.writestr(info, "namn: prov\n")
    data = layer.read_bytes().replace(b"annat/XX.txt", utf_8).replace(b"annat/Y.txt", dos)
    layer.write_bytes(data)
    assert set(open_layer(layer).files) == {"lager.yaml", "annat/ö.txt", "annat/å.txt"}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("../ut.md.j2", "leder ut ur lagret"),
        ("avsnitt/../../ut", "leder ut ur lagret"),
        ("/etc/x", "rot eller en enhet"),
        ("C:/x", "rot eller en enhet"),
        ("c:x", "rot eller en enhet"),
        ("avsnitt\\x.md.j2", "har \\ i namnet"),
        ("//server/x", "rot eller en enhet"),
        ("a//b", "tom mapp"),
        ("./lager.yaml", "punkt i namnet"),
        ("a\x1b[31mb", "styrtecken"),
        ("a\nb", "styrtecken"),
        ("Lager.yaml", "samma namn som ”lager.yaml”"),
        ("lager.yaml/x", "både fil och mapp"),
        ("x" * 251, "längre än"),
        ("x/" * 20 + "x", "mappar i varandra"),
    ],
)
def test_name_that_a_folder_could_not_have_is_refused(name: str, says: str, tmp_path: Path) -> None:
    told = refusal(made(tmp_path / "l.zip", (entry(name), "x")))
    assert says in told
    assert "\x1b" not in told
    assert told.count("\n") == 0


def test_one_name_twice_and_folders_that_differ_by_capitals_are_refused(tmp_path: Path) -> None:
    twice = made(tmp_path / "l.zip", ("a.txt", "x"), ("a.txt", "y"))
    assert "”a.txt” finns två gånger" in refusal(twice)
    assert "samma mapp" in refusal(made(tmp_path / "m.zip", ("Avsnitt/a", "x"), ("avsnitt/b", "y")))
    composed = made(tmp_path / "n.zip", ("å.txt", "x"), ("a\u030a.txt", "y"))
    assert "samma namn" in refusal(composed)


@pytest.mark.parametrize(
    ("attributes", "says"),
    [
        ({"external_attr": (stat.S_IFLNK | 0o777) << 16}, "”p.md.j2” i zip-filen är en länk"),
        ({"external_attr": (stat.S_IFIFO | 0o666) << 16}, "är ingen vanlig fil"),
        ({"external_attr": (stat.S_IFCHR | 0o666) << 16}, "är ingen vanlig fil"),
        ({"compress_type": zipfile.ZIP_LZMA}, "packad på ett ovanligt sätt"),
    ],
)
def test_entry_that_is_no_plain_file_is_refused(attributes: dict[str, int], says: str, tmp_path: Path) -> None:
    assert says in refusal(made(tmp_path / "l.zip", (entry("p.md.j2", **attributes), "/etc/passwd")))


def test_locked_entry_is_refused(tmp_path: Path) -> None:
    layer = made(tmp_path / "l.zip", ("a.txt", "x"))
    data = bytearray(layer.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    layer.write_bytes(data)
    assert "”a.txt” i zip-filen är låst med lösenord" in refusal(layer)


def test_zip_that_swells_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = entry("avsnitt/b.md.j2", compress_type=zipfile.ZIP_DEFLATED)
    layers = [
        (made(tmp_path / "a.zip", (bomb, b" " * 4_000_000)), "200 gånger större"),
        (made(tmp_path / "b.zip", (entry("stor.bin"), b" " * 20_000_001)), "är större än 20 MB"),
        (made(tmp_path / "c.zip", *((f"{n}.bin", os.urandom(50) * 100_000) for n in range(21))), "tillsammans"),
        (made(tmp_path / "d.zip", *((f"{n}.txt", "") for n in range(5_000))), "fler än 5000 filer"),
        (made(tmp_path / "e.zip", *((f"{n}.txt", "") for n in range(10_100))), "fler än 5000 filer"),
    ]
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was read"))
    for layer, says in layers:
        assert says in refusal(layer)


def test_each_file_has_the_limit_that_it_has_in_a_folder(tmp_path: Path) -> None:
    text = entry("avsnitt/mal.md.j2")
    folder = make_layer(tmp_path / "l", {"avsnitt/mal.md.j2": "x" * 5_000_001})
    told = []
    for layer in (folder, made(tmp_path / "l.zip", (text, "x" * 5_000_001))):
        with pytest.raises(LibraryError) as caught:
            load_library([layer])
        told.append([(problem.message, problem.hint) for problem in caught.value.problems])
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "ingen zip-fil"), (b"text", "ingen zip-fil"), (b"PK\x03\x04" + b"x" * 99, "skadad")]
)
def test_file_that_is_no_zip_is_refused(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "l.zip").write_bytes(content)
    assert says in refusal(tmp_path / "l.zip")


def test_file_that_is_damaged_in_the_zip_is_named(tmp_path: Path) -> None:
    layer = tmp_path / "l.zip"
    with zipfile.ZipFile(layer, "w") as archive:
        archive.writestr("lager.yaml", "namn: prov\n")
        archive.writestr("avsnitt/mal.md.j2", "Vårt mål.")
    layer.write_bytes(layer.read_bytes().replace("Vårt mål.".encode(), "Värt mål.".encode()))
    with pytest.raises(LibraryError, match="skadad") as caught:
        load_library([layer])
    assert [problem.file for problem in caught.value.problems] == [str(layer / "avsnitt" / "mal.md.j2")]


def test_zip_without_manifest_says_where_it_belongs(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "l.zip", "w") as archive:
        archive.writestr("ett/lager.yaml", "namn: ett\n")
        archive.writestr("två/lager.yaml", "namn: två\n")
    assert "överst i zip-filen" in refusal(tmp_path / "l.zip")


def test_preview_shows_a_zip_and_follows_it(tmp_path: Path) -> None:
    layer = zipped(EXEMPELSTAD, tmp_path / "lager.zip")
    source = source_of(None, LintCommandOptions(layers=(layer,), no_config=True))
    assert layer in source.places().files
    state = PreviewState(source, lambda: datetime(2027, 5, 4))
    view = state.look("sommarkollo")
    assert not view.trouble
    assert view.layers[1:] == ("exempelstad",)
    made(layer, ("exempel/trasigt.yaml", "titel: [\n"))
    state.changed()
    assert state.look("sommarkollo").trouble
    assert state.look().layers[1:] == ("prov",)


@pytest.mark.parametrize("is_zip", [False, True])
def test_library_can_be_sent_to_another_process(is_zip: bool, tmp_path: Path) -> None:
    library = load_library([zipped(EXEMPELSTAD, tmp_path / "lager.zip") if is_zip else EXEMPELSTAD])
    sample = library.sample("sommarkollo")
    again = pickle.loads(pickle.dumps(library))
    assert again.digest == library.digest
    assert again.sample("sommarkollo") == sample


@needs_links
def test_layer_or_settings_that_are_a_pipe_never_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "l.zip")
    assert "ingen mapp och ingen zip-fil" in refusal(tmp_path / "l.zip")
    os.mkfifo(tmp_path / "rör")
    (tmp_path / "iopdocs.yaml").symlink_to(tmp_path / "rör")
    shutil.copy(AGREEMENT, tmp_path / "avtal.yaml")
    done = command("lint", "avtal.yaml", cwd=tmp_path)
    assert done.code == 2
    assert "iopdocs.yaml: är ingen vanlig fil" in done.err
    for words in (("check",), ("styles", "check"), ("clauses", "used"), ("clauses", "check")):
        assert command(*words, "rör", "--no-config" if words[-1] == "used" else "--format=text", cwd=tmp_path).code == 2


@needs_links
def test_link_in_a_hidden_folder_of_the_texts_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "hemligt.txt").write_text("hemligt", encoding="utf-8")
    text = '{% include "avsnitt/.dold/p.md.j2" %}'
    layer = make_layer(tmp_path / "l", {"avsnitt/bakgrund.md.j2": text, "avsnitt/.dold/a.txt": ""})
    (layer / "avsnitt" / ".dold" / "p.md.j2").symlink_to(tmp_path / "hemligt.txt")
    assert "avsnitt/.dold/p.md.j2" not in load_library([layer]).layers[1].texts


OPENED: list[str] = []
_LISTENING = [False]


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _LISTENING[0] and (event in ("open", "shutil.copyfile") or event.startswith("os.")):
        OPENED.append(f"{event} {arguments[0]}")


sys.addaudithook(_listen)


@contextlib.contextmanager
def listening() -> Iterator[list[str]]:
    """Collect every file that is opened, listed, made or removed meanwhile."""
    OPENED.clear()
    _LISTENING[0] = True
    try:
        yield OPENED
    finally:
        _LISTENING[0] = False


STEPS = st.one_of(
    st.sampled_from(
        ["..", ".", "", "avsnitt", "lager.yaml", "mål.md.j2", "C:", "\\\\server", "..\\x", "/", "~", "CON"]
    ),
    st.text(max_size=6),
)


@examples(200)
@given(
    names=st.lists(st.lists(STEPS, min_size=1, max_size=4).map("/".join), max_size=4, unique=True),
    mode=st.sampled_from([0, stat.S_IFREG, stat.S_IFLNK, stat.S_IFIFO, stat.S_IFDIR]),
)
def test_hostile_name_never_leads_out(names: list[str], mode: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    load_library()
    folder = tmp_path_factory.mktemp("fientlig")
    layer = folder / "lager.zip"
    entries = [(entry(name, external_attr=mode << 16), "x") for name in names]
    made(layer, *entries)
    files = LayerFiles()
    with listening() as opened, contextlib.suppress(LibraryError):
        files = open_layer(layer)
        for name in files.files:
            files.read_bytes(name)
        load_library([layer])
    assert {one for one in opened if one != f"open {layer}"} == set()
    assert [path.name for path in folder.iterdir()] == ["lager.zip"]
    for name in files.files:
        assert not {"..", ".", ""} & set(name.split("/"))
        assert Path(files.file(name)).is_relative_to(layer)
