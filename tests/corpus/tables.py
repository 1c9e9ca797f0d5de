"""Hostile CSV files, as one table of agreements."""

from __future__ import annotations

from collections.abc import Mapping

LARGE = "för stor för att vara en tabell"
SPLIT = "går inte att dela upp i kolumner"
HEAD = "Avtal;Titel\n"

# What it tries: the bytes or the text of the file, and words of the message, empty where it is read.
CSV: Mapping[str, tuple[str | bytes, str]] = {
    "a NUL in a cell": (HEAD + "A1;a\0b\n", "U+0000"),
    "a file of nothing but NULs": (b"\0" * 100_000, "U+0000"),
    "a control character in a cell": (HEAD + "A1;a\x1b[31mb\n", "U+001B"),
    "a quote that never ends": (HEAD + 'A1;"a\n', SPLIT),
    "a quote that never ends before a million lines": (HEAD + 'A1;"a\n' + "x\n" * 1_000_000, "tecken"),
    "a quote within a cell": (HEAD + 'A1;"a" b\n', SPLIT),
    "a million quotes": (HEAD + "A1;" + '"' * 1_000_000 + "\n", "tecken"),
    "an odd number of quotes": (HEAD + "A1;" + '"' * 100_001 + "\n", SPLIT),
    "a million columns": (HEAD + "A1" + ";x" * 1_000_000 + "\n", LARGE),
    "a million headings": ("Avtal" + ";Titel" * 1_000_000 + "\nA1\n", LARGE),
    "a million empty columns": (HEAD + "A1;x" + ";" * 1_000_000 + "\n", ""),
    "three hundred thousand rows": (HEAD + "A1;x\n" * 300_000, LARGE),
    "a million empty rows": (HEAD + "\n" * 1_000_000 + "A1;x\n", ""),
    "a million rows of separators": (HEAD + ";\n" * 1_000_000 + "A1;x\n", ""),
    "a cell of a million characters": (HEAD + "A1;" + "x" * 1_000_000 + "\n", "tecken"),
    "a cell of a hundred thousand lines": (HEAD + 'A1;"' + "x\n" * 60_000 + '"\n', ""),
    "a heading of a million characters": ("Avtal;" + "x" * 1_000_000 + "\nA1;x\n", "tecken"),
    "a quote for separator": ('sep="\n' + HEAD + "A1;x\n", ""),
    "a line end for separator": ("sep=\n" + HEAD + "A1;x\n", ""),
    "a carriage return for separator": ("sep=\r\r\n" + HEAD + "A1;x\n", ""),
    "a letter for separator": ("sep=t\n" + HEAD + "A1;x\n", "okänd rubrik"),
    "an emoji for separator": ("sep=😀\nAvtal😀Titel\nA1😀x\n", ""),
    "line ends of three kinds": ("Avtal;Titel\rA1;x\r\nA2;y\nA3;z", ""),
    "line ends of Unicode in a cell": (HEAD + "A1;a\u2028b\u2029c\x85d\n", ""),
    "a byte order mark twice": ("\ufeff\ufeff" + HEAD + "A1;x\n", "okänd rubrik"),
    "UTF-16 with half a character": ((HEAD + "A1;x\n").encode("utf-16") + b"\x00", "U+0000"),
    "UTF-16 without a mark": ((HEAD + "A1;x\n").encode("utf-16-le"), "U+0000"),
    "UTF-7": ("Avtal;Titel\nA1;+ADw-script+AD4-\n", ""),
    "bytes that are no letters": (b"Avtal;Titel\nA1;\x81\x8d\xff\n", "ingen textfil"),
    "a workbook under another name": (b"PK\x03\x04" + b"x" * 1000, "arbetsbok"),
    "a formula": (HEAD + "A1;\"=HYPERLINK(\"\"http://evil.example\"\")\"\n", ""),
    "a command for another program": (HEAD + "A1;=cmd|' /C calc'!A0\n", ""),
    "a formula after a tab": (HEAD + "A1;\t=1+1\n", ""),
    "a path for an agreement": (HEAD + "../../../etc/passwd;x\n", ""),
    "an agreement twice": (HEAD + "A1;x\nA1;y\n", "två gånger"),
    "a heading twice": ("Avtal;Titel;Titel\nA1;x;y\n", ""),
    "a number of a hundred thousand digits": ("Avtal;Ersättning per år\nA1;" + "9" * 100_000 + "\n", ""),
    "nothing but separators": (";" * 100_000, "tom"),
    "nothing but quotes and line ends": ('"\n' * 10_000, "tom"),
}  # fmt: skip
