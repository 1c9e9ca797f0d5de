"""Prints what each hostile file of the corpus tries, one line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.corpus import data_files, packages, tables, template_texts

ATTEMPTS: Mapping[str, Mapping[str, Any]] = {
    "a text of a layer, refused": template_texts.ESCAPES,
    "a condition of a clause, refused": template_texts.CONDITIONS,
    "a text of a layer, too much": template_texts.BOMBS,
    "texts of a layer, in a ring": template_texts.CYCLES,
    "a text of a layer, harmless": {**template_texts.HARMLESS, **template_texts.RENDERED},
    "YAML": data_files.YAML,
    "JSON": data_files.JSON,
    "CSV": tables.CSV,
    "a Word document or a workbook": packages.BOTH,
    "a Word document": packages.DOCUMENTS,
    "a workbook": packages.WORKBOOKS,
}
"""What is tried, by the kind of file."""


def main() -> None:
    """Print the kind of file and what is tried, a line for each attempt, and how many they are."""
    for kind, attempts in ATTEMPTS.items():
        for name in attempts:
            print(f"{kind}: {name}")
    print(f"{sum(len(attempts) for attempts in ATTEMPTS.values())} attempts")


if __name__ == "__main__":
    main()
