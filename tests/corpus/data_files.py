"""Hostile data files in YAML and JSON."""

from __future__ import annotations

from collections.abc import Mapping

DEEP = "50 nivåer"
MANY = "200 000 värden"
TAG = "!"
TWICE = "två gånger"


def _bomb(levels: int, width: int) -> str:
    """Return *levels* lists, each of *width* references to the one before."""
    first = "a0: &a0 [lol]\n"
    return first + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]\n" for n in range(1, levels))


# What it tries: the text of the file, and words of the message, empty where it is read as the words that it is.
YAML: Mapping[str, tuple[str, str]] = {
    # Tags that make objects.
    "a tag that runs a command": ("titel: !!python/object/apply:os.system [ls]", TAG),
    "a tag that makes an object": ("titel: !!python/object/new:os.system [ls]", TAG),
    "a tag that imports a module": ("titel: !!python/module:os", TAG),
    "a tag that names a function": ("titel: !!python/name:os.system", TAG),
    "a tag with its whole address": ("titel: !<tag:yaml.org,2002:python/object/apply:os.system> [ls]", TAG),
    "a tag under a handle of its own": ("%TAG !e! tag:yaml.org,2002:python/\n---\ntitel: !e!name:os.system x", TAG),
    "a tag for bytes": ("titel: !!binary aGVq", TAG),
    "a tag for a set": ("parter: !!set {a, b}", TAG),
    "a tag for a number": ("titel: !!int 5", TAG),
    "a tag for a date": ("titel: !!timestamp 2027-01-01", TAG),
    "a tag for a text": ("titel: !!str 5", TAG),
    "a tag on a key": ("!!str titel: x", TAG),
    "a tag on the whole file": ("!!python/object:os.system {titel: x}", TAG),
    "a tag of another program": ("titel: !ruby/object:Gem::Installer x", TAG),
    # Anchors and references.
    "a billion laughs": (_bomb(12, 9), MANY),
    "a billion laughs by maps": (
        "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{{', '.join(f'k{k}: *a{n - 1}' for k in range(9))}}}\n" for n in range(1, 12)),
        MANY,
    ),
    "a quadratic bomb: one long text a thousand times": (
        f"a: &a {'x' * 50_000}\nparter:\n" + "".join("  - {namn: *a}\n" for _ in range(1000)), "okänd nyckel ”a”"
    ),
    "a ladder of references": ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 80)), DEEP),
    "a list within itself": ("parter: &a [*a]", "sig själv"),
    "a map within itself": ("mål: &a {syfte: *a}", "sig själv"),
    "a file within itself": ("&a\nmål: *a", "sig själv"),
    "two lists within each other": ("parter: &a [&b [*a, *b]]", "sig själv"),
    "a reference to nothing": ("titel: *saknas", "hänvisar till något"),
    "a reference to what comes later": ("titel: *a\nstatus: &a utkast", "hänvisar till något"),
    "a reference as a key": ("titel: &a status\n*a : utkast", "nyckel"),
    "an anchor defined twice": ("titel: &a x\nstatus: &a utkast\n", ""),
    "a hundred thousand anchors": ("parter:\n" + "".join(f"  - &a{n} x\n" for n in range(100_000)), "här står en text"),
    "an anchor with a long name": (f"titel: &{'a' * 100_000} x", ""),
    # Merging.
    "a merge of a map": ("mål: &m {syfte: x}\nekonomi: {<<: *m}", "<<"),
    "a merge of itself": ("&m\n<<: *m", "<<"),
    "a merge of many": ("mål: &m {syfte: x}\nekonomi: {<<: [*m, *m]}", "<<"),
    "a bomb of merges": (
        "a0: &a0 {x: y}\n" + "".join(f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 12)), "<<"
    ),
    "a merge by its tag": ("mål: {!!merge x: {syfte: y}}", TAG),
    # Depth and size.
    "lists in a hundred thousand levels": ("[" * 100_000, DEEP),
    "lists in a hundred thousand levels, closed": ("[" * 100_000 + "]" * 100_000, DEEP),
    "maps in a hundred thousand levels": ("{a: " * 100_000, DEEP),
    "lists by dashes in a hundred thousand levels": ("- " * 100_000 + "x", DEEP),
    "maps by indentation in two thousand levels": ("".join(" " * n + "a:\n" for n in range(2000)), DEEP),
    "questions for complex keys in ten thousand levels": ("? " * 10_000 + "x", "nyckel"),
    "a list of four hundred thousand": ("parter: [" + "a," * 400_000 + "]", MANY),
    "two hundred thousand keys": ("".join(f"k{n}: x\n" for n in range(110_000)), MANY),
    "a text of four million characters": ("titel: " + "x" * 4_000_000, ""),
    "a text in quotes of four million escapes": ('titel: "' + "\\x41" * 1_000_000 + '"', ""),
    "a block of a hundred thousand lines": ("titel: |\n" + "  x\n" * 100_000, ""),
    "a file of six million characters": ("titel: " + "x" * 6_000_000, "5 MB"),
    "a million empty lines": ("\n" * 1_000_000 + "titel: x", ""),
    "a million comments": ("# x\n" * 1_000_000 + "titel: x", ""),
    "a million spaces": ("titel:" + " " * 1_000_000 + "x", ""),
    "a key of a million characters": ("a" * 1_000_000 + ": x", "kolon"),
    "a million colons": ("titel: x" + ":" * 1_000_000, "kolon"),
    "a million documents": ("---\n" * 1_000_000, "andra dokument"),
    "a million quotes": ("titel: " + "'" * 1_000_000, ""),
    # What may be read in two ways.
    "a key twice": ("titel: a\ntitel: b", TWICE),
    "a key twice in braces": ("{titel: a, titel: b}", TWICE),
    "a key twice, once with quotes": ("titel: a\n'titel': b", TWICE),
    "a key twice, once with an escape": ('titel: a\n"t\\x69tel": b', TWICE),
    "a key twice, composed in two ways": ("mål: {syfte: a}\nma\u030al: {syfte: b}", TWICE),
    "a list as a key": ("{[a, b]: c}", "nyckel"),
    "a map as a key": ("{{a: b}: c}", "nyckel"),
    "an empty key": (": x", "nyckel"),
    "a number as a key": ("1: x", "okänd nyckel"),
    "two documents": ("titel: a\n---\ntitel: b", "andra dokument"),
    "a version of YAML that is not there": ("%YAML 9.9\n---\ntitel: x", "kan inte läsas som YAML"),
    "an unknown directive": ("%FOO bar\n---\ntitel: x", "kan inte läsas som YAML"),
    "a time in base sixty": ("parter: [{namn: 190:20:30}]", ""),
    "numbers as other programs read them": ("titel: 0o17\nstatus: 0x1F", "inget av orden"),
    "infinity": ("titel: .inf", ""),
    "not a number": ("titel: .NaN", ""),
    "a number of a million digits": ("ekonomi: {utbetalningar: [{belopp: " + "9" * 1_000_000 + "}]}", "för långt"),
    "a number with a huge exponent": ("ekonomi: {utbetalningar: [{belopp: 1e999999999}]}", "inget belopp"),
    "a year of a million digits": ("avtalstid: {start: " + "9" * 1_000_000 + "-01-01}", "för långt"),
    "a share of a million digits": ("ekonomi: {uppräkning: {andel: " + "9" * 1_000_000 + " %}}", "för långt"),
    # Letters.
    "a NUL by escape": ('titel: "a\\0b"', "U+0000"),
    "half a pair of surrogates": ('titel: "\\uD800"', "bakåtstrecket"),
    "a control character by escape": ('titel: "\\x1b[31m"', "U+001B"),
    "a noncharacter by escape": ('titel: "\\uFFFF"', "U+FFFF"),
    "a letter above the last": ('titel: "\\UFFFFFFFF"', "bakåtstrecket"),
    "text that turns the reading direction": ("titel: a\u202eb", ""),
    "line ends of Unicode": ("titel: a\u2028b: c\u2029d\u0085e", "kolon"),
    "the letters that stand for values inside iopdocs": ("titel: a\ue000b\uf8ffc", ""),
    "a hundred thousand accents on one letter": ("titel: o" + "\u0301" * 100_000, ""),
    "a byte order mark in the middle": ("titel: a\ufeffb\n\ufeffstatus: utkast", "U+FEFF"),
    # What would be code, links or markup elsewhere.
    "a formula": ("titel: \"=HYPERLINK('http://evil.example')\"", ""),
    "an instruction of the texts": ("titel: \"{{ ''.__class__ }} {% include '/etc/passwd' %}\"", ""),
    "markup and a script": ('titel: "<script>alert(1)</script> ![x](http://evil.example/a.png)"', ""),
    "an entity of XML": ('titel: "<!DOCTYPE a [<!ENTITY b SYSTEM \'file:///etc/passwd\'>]>&b;"', ""),
    "a path for a title": ("titel: ../../../../etc/passwd", ""),
}  # fmt: skip

JSON: Mapping[str, tuple[str, str]] = {
    "lists in a hundred thousand levels": ("[" * 100_000, DEEP),
    "lists in a hundred thousand levels, closed": ("[" * 100_000 + "]" * 100_000, DEEP),
    "maps in a hundred thousand levels": ('{"a":' * 100_000, DEEP),
    "maps and lists in turn": ('[{"a":' * 50_000, DEEP),
    "a list of four hundred thousand": ('{"a": [' + "1," * 400_000 + "1]}", MANY),
    "a text of four million characters": ('{"titel": "' + "x" * 4_000_000 + '"}', ""),
    "a text of a million escapes": ('{"titel": "' + "\\u0041" * 800_000 + '"}', ""),
    "a text of a million quotes": ('{"titel": "' + '\\"' * 1_000_000 + '"}', ""),
    "a file of six million characters": ('{"titel": "' + "x" * 6_000_000 + '"}', "5 MB"),
    "a million spaces": (" " * 1_000_000 + '{"titel": "x"}' + " " * 1_000_000, ""),
    "a key of a million characters": ('{"' + "a" * 1_000_000 + '": 1}', "okänd nyckel"),
    "a number of a million digits": ('{"ekonomi": {"utbetalningar": [{"belopp": ' + "9" * 1_000_000 + "}]}}", "för långt"),
    "a number with a huge exponent": ('{"ekonomi": {"utbetalningar": [{"belopp": 1e999999999}]}}', "större än en biljon"),
    "a number with a huge negative exponent": ('{"ekonomi": {"utbetalningar": [{"belopp": 1e-999999999}]}}', "högst två decimaler"),
    "a million decimals": ('{"ekonomi": {"utbetalningar": [{"belopp": 0.' + "9" * 1_000_000 + "}]}}", "för långt"),
    "minus nothing": ('{"titel": -0}', ""),
    "not a number": ('{"titel": NaN}', "NaN"),
    "infinity": ('{"titel": Infinity}', "Infinity"),
    "minus infinity": ('{"titel": -Infinity}', "Infinity"),
    "a number in base sixteen": ('{"titel": 0x1F}', "inget värde"),
    "a number that begins with nought": ('{"titel": 017}', "inget värde"),
    "a number that begins with plus": ('{"titel": +1}', "inget värde"),
    "a number that begins with a point": ('{"titel": .5}', "inget värde"),
    "a key twice": ('{"titel": "a", "titel": "b"}', TWICE),
    "a key twice, once with an escape": ('{"titel": "a", "t\\u0069tel": "b"}', TWICE),
    "a key twice, composed in two ways": ('{"mål": {"syfte": "a"}, "ma\\u030al": {"syfte": "b"}}', TWICE),
    "the keys of JavaScript's objects": ('{"__proto__": {"titel": "x"}, "constructor": "y"}', "okänd nyckel"),
    "the keys of Python's objects": ('{"__class__": "x", "__init__": {"__globals__": 1}}', "okänd nyckel"),
    "half a pair of surrogates": ('{"titel": "\\ud800"}', "U+D800"),
    "the wrong half of a pair first": ('{"titel": "\\udc00\\ud800"}', "U+DC00"),
    "a NUL by escape": ('{"titel": "a\\u0000b"}', "U+0000"),
    "a NUL in a key": ('{"ti\\u0000tel": "a"}', "U+0000"),
    "a control character by escape": ('{"titel": "\\u001b[31m"}', "U+001B"),
    "a noncharacter by escape": ('{"titel": "\\uffff"}', "U+FFFF"),
    "a line end in a text": ('{"titel": "a\nb"}', "avslutas inte"),
    "a comment": ('{"titel": "x" /* slut */}', "komma"),
    "a comma too many": ('{"titel": "x",}', "nyckel"),
    "single quotes": ("{'titel': 'x'}", "citattecken"),
    "two values": ('{"titel": "x"} {"titel": "y"}', "efter det som är slut"),
    "a value after two hundred thousand brackets": ('{"titel": "x"}' + "]" * 200_000, "efter det som är slut"),
    "a text that never ends": ('{"titel": "' + "\\\\" * 1_000_000, "avslutas inte"),
    "a map that never ends": ('{"titel": "x"', "började på rad 1"),
    "nothing but a list": ("[[]]", "lista överst"),
    "nothing but null": ("null", "inga uppgifter"),
    "nothing but a text": ('"titel"', "bara en text"),
}  # fmt: skip
