"""How does a person say of each hit of a conflict check what it is?

A lone hit takes the grounds and reason of the whole decision. Several have fields of their own, and
a box for those to which the whole decision's apply.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.desk.api.shapes import TaskShape
from services.desk.pages.language import _
from services.desk.pages.rule_words import said

FIELD, REST = "verdicts", "for_the_rest"
EACH_HIT = "each-hit"
PARTS = ("grounds", "words")


@dataclass(frozen=True, slots=True)
class HitInput:
    """The fields beside one hit."""

    title: str
    name: str  # of its fields, before their part
    suffix: str  # of their ids: they may stand in several forms
    grounds: str
    words: str
    choices: tuple[tuple[str, str], ...]

    @property
    def grounds_name(self) -> str:
        """The name of the list of grounds."""
        return f"{self.name}.grounds"

    @property
    def words_name(self) -> str:
        """The name of the field for words."""
        return f"{self.name}.words"

    @property
    def names(self) -> tuple[str, str]:
        """The names of both."""
        return self.grounds_name, self.words_name


def hit_inputs(task: TaskShape, typed: Mapping[str, str], suffix: str) -> tuple[HitInput, ...]:
    """Fields for each hit that waits for a verdict, where there are several."""
    field = next((each for each in task.fields if each.kind == EACH_HIT and each.choices), None)
    hits = next((each.value for each in task.fields if each.name == "hits"), None) or []
    waiting = [(at, hit) for at, hit in enumerate(hits, 1) if hit.get("disposition") == "open"]
    if field is None or len(waiting) < 2:
        return ()
    choices = (("", _("Choose…")), *((each, said(each)) for each in field.choices or ()))
    return tuple(_input(at, hit, typed, suffix, choices) for at, hit in waiting if hit.get("ref"))


def _input(
    at: int,
    hit: Mapping[str, Any],
    typed: Mapping[str, str],
    suffix: str,
    choices: tuple[tuple[str, str], ...],
) -> HitInput:
    name = f"{FIELD}.{hit['ref']}"
    return HitInput(
        title=_("Match {at}: {hit}").format(
            at=at, hit=hit.get("known_name") or "name no longer kept"
        ),
        name=name,
        suffix=suffix,
        grounds=typed.get(f"{name}.grounds", ""),
        words=typed.get(f"{name}.words", ""),
        choices=choices,
    )


def verdicts_in(typed: Mapping[str, str]) -> dict[str, Any]:
    """What was said of each hit, as the check's owner takes it."""
    found: dict[str, dict[str, str]] = {}
    for name, text in typed.items():
        head, _, part = name.rpartition(".")
        if head.startswith(f"{FIELD}.") and part in PARTS and text.strip():
            found.setdefault(head.removeprefix(f"{FIELD}."), {})[part] = text.replace("\r\n", "\n")
    values: dict[str, Any] = {FIELD: found} if found else {}
    return values | ({REST: True} if typed.get(REST) else {})
