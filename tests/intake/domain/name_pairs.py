"""Which pairs of names ought a person to look at, and which not?

A known name and a new one, with what ought to be found and what the pair tries. The pairs stand in
``name_pairs.jsonl``. Those of ``unseen_pairs.jsonl``, each with its reason, were written before the
rules were tried on them: what was mended after was the kind, not the pair.
"""

import json
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Pair(NamedTuple):
    """A known and a new name, and whether they ought to be compared by a person."""

    known: str
    new: str
    found: bool
    tries: str
    why: str = ""


def _read(name: str) -> list[Pair]:
    lines = (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [Pair(**json.loads(line)) for line in lines]


PAIRS = _read("name_pairs")
UNSEEN = _read("unseen_pairs")
