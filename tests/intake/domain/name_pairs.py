"""Which pairs of names ought a person to look at, and which not?

A known name and a new one, with what ought to be found and what the pair tries. The pairs stand in
``name_pairs.jsonl``.
"""

import json
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).parent / "name_pairs.jsonl"


class Pair(NamedTuple):
    """A known and a new name, and whether they ought to be compared by a person."""

    known: str
    new: str
    found: bool
    tries: str


def _read() -> list[Pair]:
    rows = (json.loads(line) for line in FILE.read_text("utf-8").splitlines())
    return [Pair(row["known"], row["new"], row["found"], row["tries"]) for row in rows]


PAIRS = _read()
