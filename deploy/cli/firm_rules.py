"""Which rules are otherwise than shipped, and who would have to answer what they ask?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.desk.settings import DeskSettings
from services.reminders.app import playbook_files, vocabulary
from services.reminders.domain.playbook import PublishedRule, Rule
from services.reminders.domain.playbook_changes import STEP
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.settings import RemindersSettings


@dataclass(frozen=True, slots=True)
class RuleOfTheFirm:
    """A rule that this firm has otherwise."""

    rule_id: str
    playbook: str
    standing: str  # changed, added, off
    version: int


def rules_of_the_firm() -> Iterator[RuleOfTheFirm]:
    """Every rule that the firm changed, added or switched off."""
    settings = RemindersSettings()
    shipped = _rules(settings.model_copy(update={"firm_dir": None}))
    own = _rules(settings)
    for rule in own.values():
        if rule.rule_id not in shipped:
            yield _as(rule, "added")
        elif rule.version >= STEP:
            yield _as(rule, "changed")
    for rule in shipped.values():
        if rule.rule_id not in own:
            yield _as(rule, "off")


def roles_nobody_has(rules: Sequence[PublishedRule]) -> Iterator[str]:
    """Roles that rules ask, where the file of staff is known and nobody in it has one."""
    seeds = DeskSettings().seeds()
    if seeds is None:
        return
    there = {role for seed in seeds for role in seed.roles}
    for rule in (each.rule for each in rules):
        if rule.ask is not None and rule.ask.role not in there:
            wanted = f"the rule {rule.rule_id} wants the role {rule.ask.role}"
            yield f"{wanted}: nobody in the staff file has it"


def _rules(settings: RemindersSettings) -> dict[str, Rule]:
    files = playbook_files(settings)
    found = PlaybookSet(((file.name, _text(file)) for file in files), vocabulary(settings))
    return {each.rule.rule_id: each.rule for each in found.rules}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _as(rule: Rule, standing: str) -> RuleOfTheFirm:
    return RuleOfTheFirm(rule.rule_id, rule.playbook, standing, rule.version)
