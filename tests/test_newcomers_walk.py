"""Are the files a newcomer is told to touch those that know such a thing, no more and no fewer?"""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = re.compile(r"^\| (an? [^|]+) \| `([^`]+)` \| (\d+) \| (.+) \|$", re.MULTILINE)
WALK = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("newcomer's walk")[2]
ROWS = TABLE.findall(WALK.partition("## Adding")[0])
MADE = ("deploy/infra/nats/nats.conf", "deploy/trial/")  # generated; what the demo plays
KNOWN_AS = {"surveys": r'playbook: surveys|"surveys": "'}


def files_that_know(word: str) -> set[str]:
    """The product's own files that name this, in their text or by their name."""
    pattern = re.compile(KNOWN_AS.get(word, re.escape(word) + r"(?![\w-]|/)"))
    listed = subprocess.run(
        ["git", "ls-files", "services", "shared", "deploy"],  # noqa: S607 - git is on the path
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    found = set()
    for name in listed:
        path = ROOT / name
        if name.startswith(MADE) or path.suffix not in (".py", ".yaml", ".txt", ".html"):
            continue
        if path.stem == word or pattern.search(path.read_text("utf-8")):
            found.add(name)
    return found


def test_the_walk_names_what_people_add() -> None:
    assert {what for what, *_ in ROWS} >= {
        "a playbook", "a message to clients", "a kind of task", "a decision", "a channel",
    }  # fmt: skip


@pytest.mark.parametrize(("what", "like", "count", "which"), ROWS, ids=[row[0] for row in ROWS])
def test_the_files_to_touch_are_counted(what: str, like: str, count: str, which: str) -> None:
    told = {each for each in re.findall(r"`([^`]+)`", which) if not each.startswith("tests/")}
    assert told == files_that_know(like), what
    assert len(told) == int(count)
