"""Find mistakes inside a tag, between its braces: operators and words of languages other than that of the texts."""

from __future__ import annotations

import re

from iopdocs.library.source import STRING

_STRING = re.compile(STRING)
_QUOTES = re.compile("[”“„’‘»«´]")
_SWEDISH = {"och": "and", "eller": "or", "inte": "not", "ej": "not", "är": "is", "i": "in", "annars": "else"}
_ODD = {
    "&&": "and", "&": "and", "||": "or", "!": "not", "<>": "!=", "===": "==", "=>": ">=", "=<": "<=", "≠": "!=",
    "≥": ">=", "≤": "<=",
}  # fmt: skip
_OPERATORS = ("and", "or", "not", "in", "is", "==", "!=", "<", ">", "<=", ">=", "+", "-", "|", ",", ".")
_LONGEST = 50

Told = tuple[str, str]
"""Message and hint."""


def shortened(opening: str, inside: str) -> str:
    """Return a tag as shown in a message: on one line, shortened where it is long, with its end."""
    words = " ".join(inside.split()).strip("-+ ")
    words = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return f"{opening} {words}".strip()


def expression_slip(word: str, expression: str) -> Told | None:
    """Return what is wrong with the *expression* after *word* (empty where a datum is printed)."""
    bare = _STRING.sub(lambda match: "_" + "x" * (len(match[0]) - 2) + "_", expression)
    return (
        _quote_slip(word, expression, bare)
        or _empty_slip(word, bare)
        or _name_slip(word, expression)
        or _sign_slip(word, bare)
        or _bracket_slip(bare)
        or _word_slip(word, bare)
    )


def _quote_slip(word: str, expression: str, bare: str) -> Told | None:
    found = _QUOTES.search(bare)
    if found:
        right = re.sub("[”“„’‘»«´]", '"', " ".join(expression.split()))
        message = f"citattecknet {found[0]} går inte att använda i en instruktion"
        return message, "skriv raka citattecken: {right}".format(right=shortened("", f"{word} {right}".strip()))
    if bare.count('"') % 2:
        return "ett citattecken saknas", 'sätt ett rakt citattecken (") både före och efter orden'
    return None


def _empty_slip(word: str, bare: str) -> Told | None:
    if bare.strip():
        return None
    if not word:
        return "{{ }} är tomt", "skriv vilken uppgift som ska stå där, till exempel {{ mål.syfte }}"
    if word in ("if", "elif"):
        return f"villkoret efter ”{word}” saknas", "skriv till exempel {% if mål.vision %}"
    if word == "for":
        return "”for” saknar lista", "skriv till exempel {% for p in parter %}"
    return None


def _name_slip(word: str, expression: str) -> Told | None:
    named = expression.strip()
    if word in ("include", "extends", "import", "from") and named[:1] not in ("'", '"', "(", "["):
        message = "namnet på texten ska stå inom citattecken"
        return message, "skriv {tag}".format(tag=f'{{% {word} "{named.split()[0] if named else "avsnitt/…"}" %}}')
    if word == "klausul" and not named.startswith(("'", '"')):
        message = "klausulens namn ska stå inom raka citattecken"
        return message, "skriv {tag}".format(tag=f'{{% klausul "{named or "tvist"}" %}}')
    return None


def _sign_slip(word: str, bare: str) -> Told | None:
    for sign, right in _ODD.items():
        if sign in bare and not (sign == "!" and "!=" in bare) and not (sign == "&" and "&&" in bare):
            return f"tecknet {sign} används inte här", f"skriv {right}"
    if word in ("if", "elif", "") and re.search(r"(?<![=!<>])=(?!=)", re.sub(r"\([^()]*\)", "", bare)):
        if not word:
            return "= går inte att använda när något skrivs ut", "skriv bara uppgiften: {{ mål.syfte }}"
        return "ett ensamt = jämför inte", "skriv == när två saker ska vara lika"
    if word in ("if", "elif", "else", "for") and bare.rstrip().endswith(":"):
        return "kolon ska inte stå sist", "ta bort det"
    if bare.rstrip().endswith(";") or ";" in bare:
        return "semikolon används inte här", "ta bort det"
    if re.search(r"\|\s*(\||$|\))", bare):
        return "namnet på filtret saknas efter |", "skriv filtret, till exempel |datum, eller ta bort strecket"
    return None


def _bracket_slip(bare: str) -> Told | None:
    pairs = {")": "(", "]": "[", "}": "{"}
    opened: list[str] = []
    for one in bare:
        if one in pairs.values():
            opened.append(one)
        elif one in pairs and (not opened or opened.pop() != pairs[one]):
            return f"parentesen {one} har ingen början", "ta bort den, eller skriv den första"
    if opened:
        return f"parentesen {opened[-1]} avslutas aldrig", "skriv också den sista parentesen"
    return None


def _word_slip(word: str, bare: str) -> Told | None:
    words = re.findall(r"[^\W\d]\w*|[=!<>]=|\S", bare)
    for swedish, right in _SWEDISH.items():
        # A name with the same spelling comes first or after an operator; a joining word comes after a name.
        places = [place for place, one in enumerate(words) if one == swedish]
        for place in places:
            joins = place > 0 and words[place - 1] not in _OPERATORS and words[place - 1] not in "(["
            begins = place == 0 and right == "not" and len(words) > 1 and word in ("if", "elif")
            if joins or begins:
                message = f"”{swedish}” skrivs på engelska här"
                return message, f"skriv ”{right}”"
    if word in ("if", "elif") and words[-1:] == ["then"]:
        return "”then” behövs inte", "ta bort det"
    if word in ("if", "elif") and words and words[-1] in ("and", "or", "not", "==", "!=", "<", ">", "is", "in"):
        message = f"villkoret slutar mitt i, efter ”{words[-1]}”"
        return message, "skriv vad som ska prövas, eller ta bort ordet"
    if word in ("if", "elif") and words and words[0] in ("and", "or", "==", "!=", "<", ">", "is"):
        return f"villkoret börjar med ”{words[0]}”", "skriv vad som ska prövas före ordet"
    if word == "for" and "in" not in words:
        return "”for” saknar ”in”", "skriv till exempel {% for p in parter %}"
    if word == "set" and words and not re.match(r"\w", words[0]):
        return "namnet efter ”set” saknas", "skriv till exempel {% set p = parter|första %}"
    return None
