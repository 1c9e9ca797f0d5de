"""Rules of one's own: the example package works as its page says, and a wrong one is told with the package's name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs
import pytest

import iopdocs
import iopdocs.rules
from iopdocs.document.tree import Origin
from iopdocs.findings import Level
from iopdocs.library.layer_reader import load_library
from iopdocs.linter.external_rules import own_rules, rules_for
from iopdocs.linter.rule import Case, Hit, Rule, RulePage, rule
from iopdocs.linter.rule_cases import read_cases
from iopdocs.linter.rules import RULES

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "egna_regler"
PAGE = (ROOT / "docs" / "egna-regler.md").read_text(encoding="utf-8")
NO_EMAIL = "parter:\n  - {namn: Exempelstads kommun, kontakt: {namn: Kim Ek}}\n"

MODULE = """
from iopdocs.rules import Level, Rule
from iopdocs.linter.rule import RulePage as Page

def say(case):
    yield "titel", "egen regel"

def own(code, check=say):
    return Rule(code, "egen", Level.WARNING, (), check, Page("Egen.", "v", "v", "d", "b", "k"))

ONE = own("{code}")
SEVERAL = [own("{code}"), own("X900")]
OURS = own("S101")
ZERO = own("X000")
PATHS = Rule("{code}", "egen", Level.WARNING, ("titel", "avtalstid.sluut"), say, Page("Egen.", "v", "v", "d", "b", "k"))
WORD = "X001"
"""

Install = Callable[..., None]


def install(folder: Path, name: str, entry_points: dict[str, str]) -> None:
    """Make it look as if the package *name* were installed in *folder*, as pip would."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    lines = "".join(f"{key} = {value}\n" for key, value in entry_points.items())
    (info / "entry_points.txt").write_text(f"[iopdocs.rules]\n{lines}", encoding="utf-8")


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def make(name: str, module: str, points: str, source: str = MODULE, code: str = "X001") -> None:
        (tmp_path / f"{module}.py").write_text(source.replace("{code}", code), encoding="utf-8")
        install(tmp_path, name, {"regler": points})
        own_rules.cache_clear()

    yield make
    own_rules.cache_clear()
    for name in set(sys.modules) - before:
        if name.startswith("egen"):
            del sys.modules[name]


def problems() -> str:
    with pytest.raises(iopdocs.LibraryError) as raised:
        own_rules()
    return str(raised.value)


def own_rule(code: str = "X005") -> Rule:
    def check(case: Case) -> Iterable[tuple[str, str]]:
        yield "titel", "egen regel"

    return Rule(code, "egen", Level.ADVICE, (), check, RulePage("Egen.", "v", "v", "d", "b", "k"))


def iopdocs_with_the_example(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    points = tomllib.loads((EXAMPLE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    if not list(folder.glob("*.dist-info")):
        install(folder, "exempel-regler", points["iopdocs.rules"])
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(folder), str(EXAMPLE / "src"), str(ROOT)]), "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "iopdocs", *arguments],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        cwd=folder,
    )


def test_the_example_package_takes_part_in_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "avtal.yaml").write_text(NO_EMAIL, encoding="utf-8")
    done = iopdocs_with_the_example(tmp_path, "lint", "avtal.yaml")
    assert "X001" in done.stdout
    assert "kontaktpersonen för part 1 saknar e-postadress" in done.stdout
    explained = iopdocs_with_the_example(tmp_path, "rule", "X001")
    assert explained.returncode == 0, explained.stderr
    assert "En kontaktperson som ingen kan skriva till" in explained.stdout


def test_the_examples_own_test_passes(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(EXAMPLE / "src"), str(ROOT)])}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        "-c",
        os.devnull,
    ]
    done = subprocess.run(
        [*command, str(EXAMPLE)], capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(read_cases(EXAMPLE / 'tests' / 'fall'))} passed" in done.stdout


def test_the_python_of_the_page_runs() -> None:
    names: dict[str, object] = {}
    for block in re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        exec(compile(block, "docs/egna-regler.md", "exec"), names)
    assert isinstance(names["no_end"], Rule)


def test_a_rule_and_a_list_of_rules_are_found(package: Install) -> None:
    package("kommun-ett", "egen_ett", "egen_ett:ONE")
    package("kommun-två", "egen_två", "egen_två:SEVERAL", code="X002")
    assert [rule.code for rule in own_rules()] == ["X001", "X002", "X900"]
    report = iopdocs.lint(iopdocs.loads("titel: x"))
    assert [finding.code for finding in report.findings if finding.code.startswith("X")] == ["X001", "X002", "X900"]


def test_a_rule_of_ones_own_keeps_a_document_from_being_final(package: Install) -> None:
    package("kommun", "egen_sträng", "egen_sträng:ONE", source=MODULE.replace("Level.WARNING", "Level.ERROR"))
    with pytest.raises(iopdocs.NotFinalError, match="X001 egen regel"):
        iopdocs.render(iopdocs.load(ROOT / "examples" / "trygga-kvallar.yaml"), final=True)


@pytest.mark.parametrize(
    ("points", "source", "says"),
    [
        ("egen_fel:SAKNAS", MODULE, "kan inte läsas in (AttributeError)"),
        ("egen_saknas:ONE", MODULE, "kan inte läsas in (ModuleNotFoundError)"),
        ("egen_fel:ONE", "1 / 0", "kan inte läsas in (ZeroDivisionError)"),
        ("egen_fel:ONE", "def", "kan inte läsas in (SyntaxError)"),
        ("egen_fel:ONE", "raise SystemExit(3)", "kan inte läsas in (SystemExit)"),
        ("egen_fel:WORD", MODULE, "str är ingen regel"),
        ("egen_fel:say", MODULE, "function är ingen regel"),
        ("egen_fel:OURS", MODULE, "egna regler har koderna X001 till X999"),
        ("egen_fel:ZERO", MODULE, "egna regler har koderna X001 till X999"),
        (
            "egen_fel:PATHS",
            MODULE,
            "regeln X001 läser ”avtalstid.sluut”, som inget avtal har – menade du ”avtalstid.slut”?",
        ),
    ],
)
def test_wrong_package_is_reported_by_name(package: Install, points: str, source: str, says: str) -> None:
    package("trasig-kommun", "egen_fel", points, source=source)
    told = problems()
    assert "trasig-kommun" in told
    assert says in told


@pytest.mark.parametrize(
    "line",
    [
        "from iopdocs.lint.rule import Case, rule",
        "import iopdocs.lint.cases",
        "from iopdocs.linter.rule import SAKNAS",
        "from iopdocs.finns_inte import rule",
    ],
)
def test_a_package_that_imports_from_where_nothing_is_any_longer_is_told_what_to_write(
    package: Install, line: str
) -> None:
    package("gammal-kommun", "egen_gammal", "egen_gammal:ONE", source=f"{line}\n{MODULE}")
    told = problems()
    assert "gammal-kommun" in told
    assert "de importerar ur iopdocs." in told
    assert "skriv ”from iopdocs.rules import …”" in told


def test_a_package_that_lacks_another_package_is_not_told_of_iopdocs(package: Install) -> None:
    package("kommun", "egen_utan", "egen_utan:ONE", source=f"import iopdocs_finns_inte\n{MODULE}")
    assert "kan inte läsas in (ModuleNotFoundError)" in problems()


def test_the_page_lists_all_that_the_stable_module_has() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)
    assert sorted(listed) == sorted(iopdocs.rules.__all__)
    assert all(getattr(iopdocs.rules, name).__doc__ for name in listed)


def test_two_packages_with_the_same_code_are_both_named(package: Install) -> None:
    package("kommun-ett", "egen_a", "egen_a:ONE")
    package("kommun-två", "egen_b", "egen_b:ONE")
    told = problems()
    assert "kommun-ett" in told
    assert "kommun-två" in told
    assert "X001" in told


def test_a_wrong_package_stops_the_command_line_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "avtal.yaml").write_text(NO_EMAIL, encoding="utf-8")
    install(tmp_path, "trasig-kommun", {"regler": "finns_inte:RULES"})
    done = iopdocs_with_the_example(tmp_path, "lint", "avtal.yaml")
    assert done.returncode == 2
    assert "trasig-kommun" in done.stderr
    assert "Traceback" not in done.stderr


def test_rules_can_be_handed_over() -> None:
    report = iopdocs.lint(iopdocs.loads("titel: x"), rules=[own_rule()])
    (finding,) = (finding for finding in report.findings if finding.code == "X005")
    assert (finding.level, finding.message, finding.path) == (Level.ADVICE, "egen regel", "titel")


@pytest.mark.parametrize("wrong", [own_rule("S101"), own_rule("X5"), "X005", None])
def test_a_wrong_rule_that_is_handed_over_is_refused(wrong: Rule) -> None:
    with pytest.raises(iopdocs.LibraryError):
        iopdocs.lint(iopdocs.loads("titel: x"), rules=[wrong])


def rule_that_reads(*paths: object) -> Rule:
    return attrs.evolve(own_rule(), reads=paths)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reads", "says"),
    [
        (("titel", "parter[1].namn"), "regeln X005 läser ”parter[1].namn”, som inget avtal har – menade du ”parter.namn”?"),
        (("avtalstid.sluut",), "menade du ”avtalstid.slut”?"),
        (("term.end",), "menade du ”avtalstid.slut”?"),
        (("qqqqqqqq",), "alla vägar står i docs/data.md"),
        ((5,), "regeln X005 läser ”5”, som inget avtal har"),
        (("x" * 1_000_000,), "regeln X005 läser"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_a_path_that_no_agreement_has_is_refused(reads: tuple[object, ...], says: str) -> None:
    for run in (iopdocs.lint, iopdocs.review):
        with pytest.raises(iopdocs.LibraryError) as raised:
            run(iopdocs.loads("titel: x"), rules=[rule_that_reads(*reads)])
        assert str(raised.value).startswith("rules=: ")
        assert says in str(raised.value)
        assert len(str(raised.value)) < 300


def test_reads_that_are_no_paths_at_all_are_refused() -> None:
    with pytest.raises(iopdocs.LibraryError, match="X005 säger inte vad den läser"):
        iopdocs.lint(iopdocs.loads("titel: x"), rules=[attrs.evolve(own_rule(), reads=None)])  # type: ignore[arg-type]


def test_paths_that_agreements_have_are_read() -> None:
    # The second is written as macOS writes it, with marks of their own.
    found = iopdocs.lint(iopdocs.loads("titel: x"), rules=[rule_that_reads("parter.kontakt.e_post", "ma\u030al.syfte")])
    assert "X005" in [one.code for one in found.findings]


def test_one_path_needs_no_list() -> None:
    @rule("X005", "en-vag", Level.ADVICE, reads="titel")
    def one_path(case: Case) -> list[tuple[str, str]]:
        """Läser en väg.

        Vad: Inget.
        Varför: Inget.
        Dåligt exempel: inget.
        Bra exempel: inget.
        Källa: ingen.
        """
        return []

    assert one_path.reads == ("titel",)


def test_the_same_code_twice_is_refused() -> None:
    with pytest.raises(iopdocs.LibraryError, match="X005 är redan tagen"):
        iopdocs.lint(iopdocs.loads("titel: x"), rules=[own_rule(), own_rule()])


def test_a_code_that_a_profile_has_taken_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profiler").mkdir()
    (tmp_path / "lager.yaml").write_text("format: 1\nnamn: kommun\n", encoding="utf-8")
    point = "{kod: X005, titel: Logotyp, avsnitt: parter, finns: [parter.namn], nivå: råd, källa: [{dokument: x}]}"
    text = f"format: 1\nnamn: kommun\npunkter:\n  - {point}\n"
    (tmp_path / "profiler" / "kommun.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(iopdocs.LibraryError, match="X005 har samma kod som en punkt i profilen kommun"):
        rules_for(load_library([tmp_path]), [own_rule()])


def test_a_rule_that_raises_becomes_a_finding_and_the_others_still_run() -> None:
    def check(case: Case) -> Iterable[tuple[str, str]]:
        raise KeyError("x")

    broken = Rule("X006", "trasig", Level.ERROR, (), check, RulePage("T.", "v", "v", "d", "b", "k"))
    report = iopdocs.lint(iopdocs.loads("titel: x"), rules=[broken, own_rule()])
    codes = [finding.code for finding in report.findings]
    assert "T901" in codes
    assert "X005" in codes


@pytest.mark.parametrize(
    "wrong",
    [Hit("titel", "fel", span=("a", "b")), Hit(None, "fel"), Hit("titel", "fel", origin=Origin("", "x", "rad"))],
)  # type: ignore[arg-type]
def test_a_hit_that_has_no_place_is_a_rule_that_could_not_be_run(wrong: Hit) -> None:
    broken = attrs.evolve(own_rule("X006"), check=lambda case: [wrong])
    codes = [finding.code for finding in iopdocs.lint(iopdocs.loads("titel: x"), rules=[broken]).findings]
    assert "T901" in codes
    assert "X006" not in codes


def test_without_packages_only_the_rules_of_iopdocs_are_asked() -> None:
    own_rules.cache_clear()
    assert rules_for(load_library()) == RULES
