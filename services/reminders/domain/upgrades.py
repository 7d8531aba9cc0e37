"""A release brings another text or rule than the one a firm had changed: what is said of it?

What the firm changed stays, what it did not change arrives. Of what both changed, the firm's
stays too, and is shown beside what is shipped now and what was shipped when it was approved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from services.reminders.domain.edition_files import Files, parts_of_text
from services.reminders.domain.playbook import Rule
from services.reminders.domain.rule_edit import changed_in
from services.reminders.domain.rule_sentences import sentence_for
from services.reminders.domain.wording import Wording

RULE = "rule:"
Readings = Mapping[str, str]
"""What is shipped of each thing a firm has otherwise: texts by their place, rules in words."""


@dataclass(frozen=True, slots=True)
class BothChanged:
    """One thing that the firm and a later release have otherwise."""

    name: str  # a rule's, or the place of a text
    is_rule: bool
    then: str  # shipped when the firm's was approved
    now: str  # shipped by this release; empty: it has it no more


def shipped_readings(
    files: Files, rules: Iterable[Rule], wording: Wording, letters: Readings
) -> dict[str, str]:
    """What is shipped of each rule, text and letter that these files have otherwise.

    ``letters``: the shipped ones, by their place.
    """
    found = {
        f"{RULE}{each.rule_id}": sentence_for(each)
        for each in rules
        if changed_in(files, each.playbook, each.rule_id) is not None
    }
    for place in files:
        language, name = parts_of_text(place)
        shipped = wording.source(language, name) if name else None
        if shipped is not None:
            found[place] = shipped
    return {**found, **{place: letters[place] for place in files if place in letters}}


def both_changed(then: Readings, now: Readings) -> list[BothChanged]:
    """Where what is shipped is not what it was when the firm's own was approved."""
    return [
        BothChanged(
            name=name.removeprefix(RULE), is_rule=name.startswith(RULE), then=was,
            now=now.get(name, ""),
        )
        for name, was in sorted(then.items())
        if now.get(name, "") != was
    ]  # fmt: skip
