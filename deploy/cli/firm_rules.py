"""Which rules are otherwise than shipped, and who would have to answer what they ask?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.desk.settings import DeskSettings
from services.reminders.app import vocabulary
from services.reminders.domain.playbook import PublishedRule, Rule
from services.reminders.domain.playbook_changes import STEP
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.gateways.rule_files import playbook_files
from services.reminders.settings import RemindersSettings
from shared.contracts import firm_decisions
from shared.contracts.firm_decisions import name_of
from shared.contracts.firm_roles import roles_of, settable
from shared.contracts.task_kinds import TASK_KINDS
from shared.firm.folder import Said


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
    there, firm = {role for seed in seeds for role in seed.roles}, RemindersSettings().firm_roles
    for rule in (each.rule for each in rules):
        if rule.ask is None or rule.ask.kind in firm:
            continue
        if rule.ask.role not in there:
            wanted = f"the rule {rule.rule_id} wants the role {rule.ask.role}"
            yield f"{wanted}: nobody in the staff file has it"


def kinds_nobody_decides(said: Mapping[str, Said]) -> Iterator[str]:
    """Kinds of task for which the staff file has nobody, or only one where it takes two."""
    settings, seeds = RemindersSettings(), DeskSettings().seeds()
    if seeds is None:
        return
    for kind in settable():
        roles = roles_of(kind, settings.firm_roles)
        who = [seed.staff_id for seed in seeds if set(seed.roles) & set(roles)]
        words = f"{_said_at(kind, said)}{kind} is decided by {', '.join(roles)}"
        if not who:
            yield f"{words}: nobody in the staff file has such a role"
        elif len(who) == 1 and TASK_KINDS[kind].second and not settings.sole_practice:
            yield (
                f"{words}, and by another one where the first may not: only {who[0]} has such a "
                "role; give it to a second person, or say sole_practice = true under [law]"
            )


def decisions_nobody_makes(said: Mapping[str, Said]) -> Iterator[str]:
    """Single decisions for which the staff file has nobody, or only one where two have to agree."""
    settings, seeds = RemindersSettings(), DeskSettings().seeds()
    if seeds is None:
        return
    firm, found = settings.who_decides(), said.get("firm_decisions")
    for kind, decision, _ in firm_decisions.decisions():
        if not firm.said.get(kind, {}).get(decision):
            continue
        name, roles = name_of(kind, decision), firm.deciding(kind, decision)
        who = [seed.staff_id for seed in seeds if set(seed.roles) & set(roles)]
        place = f"{found.source_of(name)}: " if found is not None else ""
        if not who:
            decided = f"{place}{name} is decided by {', '.join(roles)}"
            yield f"{decided}: nobody in the staff file has such a role"
        elif len(who) == 1 and firm.takes_two(kind, decision):
            yield (
                f"{place}{name} takes two people of {', '.join(roles)}: the staff file has only "
                f"{who[0]}; give such a role to a second person, or take second-person out"
            )


def _said_at(kind: str, said: Mapping[str, Said]) -> str:
    found = said.get("firm_roles")
    return f"{found.source_of(kind)}: " if found is not None and kind in found.value else ""


def _rules(settings: RemindersSettings) -> dict[str, Rule]:
    files = playbook_files(settings)
    found = PlaybookSet(((file.name, _text(file)) for file in files), vocabulary(settings))
    return {each.rule.rule_id: each.rule for each in found.rules}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _as(rule: Rule, standing: str) -> RuleOfTheFirm:
    return RuleOfTheFirm(rule.rule_id, rule.playbook, standing, rule.version)
