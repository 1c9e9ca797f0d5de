"""Write tests/slow.txt, the tests that `make check` leaves out because they take long, from a JUnit report of a whole run.

Usage: list_slow_tests.py REPORT [SECONDS]. A test is listed by the name of its function, so that it may move between
files; one of several cases is as slow as they are on average.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from pathlib import Path
from statistics import mean

LIST = Path(__file__).parents[1] / "tests" / "slow.txt"


def main(report: str, seconds: str = "0.1") -> None:
    """Write the list; *seconds* is how long a test may take without being slow."""
    times: dict[str, list[float]] = defaultdict(list)
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        times[case.get("name", "").partition("[")[0]].append(float(case.get("time", 0)))
    slow = sorted(name for name, taken in times.items() if mean(taken) >= float(seconds))
    LIST.write_text("".join(f"{name}\n" for name in slow), encoding="ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
