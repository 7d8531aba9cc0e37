"""What does a firm do otherwise than a shipped playbook says, so that upgrades keep arriving?

A file that begins with ``changes: closing`` names single rules of that playbook: what it says of a
rule replaces what is shipped, part by part; ``null`` takes a part away; ``off`` switches the rule
off, and ``rules: off`` the whole playbook. What it does not name stays as it is shipped, also in
the next release. A change of a rule that is not shipped any more is a mistake that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.reminders.domain.playbook_parsing import RULE_KEYS, SaidRule
from services.reminders.domain.yaml_places import Place

CHANGES = "changes"
FILE_KEYS = frozenset({CHANGES, "version", "rules"})
STEP = 1000  # version 2 of a firm's change to version 3 of a shipped rule is version 3002 of it


@dataclass(frozen=True, slots=True)
class Changes:
    """What one file changes of one playbook."""

    playbook: Place
    version: Place | None
    rules: Mapping[str, Place] | None  # None: all of them are off


def read_changes(top: Place) -> Changes | None:
    """The changes of a file; None where it is a playbook of its own."""
    said = top.value
    if not isinstance(said, dict) or CHANGES not in said:
        return None
    for key, place in said.items():
        if key not in FILE_KEYS:
            raise place.wrong(f"a change has no `{key}`; it has: {', '.join(sorted(FILE_KEYS))}")
    if "rules" not in said:
        raise top.wrong("say which rules are changed (`rules:` …), or `rules: off`")
    rules = said["rules"]
    named = None if rules.value is False else rules.mapping()
    return Changes(said[CHANGES], said.get("version"), named)


def with_changes(rules: Mapping[str, SaidRule], changes: Changes) -> list[SaidRule]:
    """The rules as the firm wants them; PlaybookError where a change fits nothing (any more)."""
    name = changes.playbook.word()
    of_it = {key: rule for key, rule in rules.items() if rule.playbook == name}
    if not of_it:
        there = ", ".join(sorted({rule.playbook for rule in rules.values()}))
        raise changes.playbook.wrong(
            f"there is no playbook {name} to change (any more); there are: {there}. "
            "Take this file away, or name one of these."
        )
    if changes.rules is None:
        return [rule for key, rule in rules.items() if key not in of_it]
    changed = {key: _changed(key, place, of_it, changes) for key, place in changes.rules.items()}
    return [found for key, rule in rules.items() if (found := changed.get(key, rule)) is not None]


def raise_version(version: int) -> str:
    """What to write where a rule in force says something else under the same version."""
    if version < STEP:
        return f"`version: {version + 1}`"
    return f"`version: {version % STEP + 1}` in the firm's change"


def _changed(
    rule_id: str, change: Place, shipped: Mapping[str, SaidRule], whole: Changes
) -> SaidRule | None:
    if rule_id not in shipped:
        raise change.wrong(
            f"the playbook {whole.playbook.word()} has no rule {rule_id} (any more); it has: "
            f"{', '.join(sorted(shipped))}. Take the change away, or give it to one of these."
        )
    rule, shipped_version = shipped[rule_id], shipped[rule_id].said["version"].number()
    if shipped_version >= STEP:
        raise change.wrong(f"{rule_id} is changed in another file too: keep one")
    if change.value is False:
        return None
    said = change.mapping()
    for key, place in said.items():
        if key not in RULE_KEYS:
            raise place.wrong(f"a rule has no `{key}`; it has: {', '.join(sorted(RULE_KEYS))}")
    own = said.get("version", whole.version)
    if own is None or not 0 < own.number() < STEP:
        raise change.wrong("say `version: 1` of your change, and raise it with whatever you change")
    merged = _merged_parts(rule.said, {key: each for key, each in said.items() if key != "version"})
    number = shipped_version * STEP + own.number()
    return replace(rule, said={**merged, "version": replace(own, value=number)})


def _merged_parts(shipped: Mapping[str, Place], own: Mapping[str, Place]) -> dict[str, Place]:
    merged = {**shipped, **{key: _merged(shipped.get(key), each, key) for key, each in own.items()}}
    return {key: place for key, place in merged.items() if place.value is not None}


def _merged(shipped: Place | None, own: Place, key: str) -> Place:
    if shipped is None or not isinstance(shipped.value, dict) or not isinstance(own.value, dict):
        return own
    if key == "then":  # another consequence takes the place of the shipped one
        kept = {kind: place for kind, place in shipped.value.items() if kind in own.value}
        return replace(own, value=_merged_parts(kept, own.value))
    return replace(own, value=_merged_parts(shipped.value, own.value))
