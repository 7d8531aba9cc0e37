"""Which values of the firm are in force, and where does each come from?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from pydantic_settings import BaseSettings

from services.desk.settings import DeskSettings
from services.feedback.settings import FeedbackSettings
from services.gateway.settings import GatewaySettings
from services.intake.settings import IntakeSettings
from services.reminders.settings import RemindersSettings
from services.reputation.settings import ReputationSettings
from shared.contracts import firm_decisions
from shared.contracts.firm_decisions import name_of, shipped_roles
from shared.contracts.firm_roles import roles_of, settable
from shared.firm.firm_file import Key, keys
from shared.firm.folder import Said
from shared.firm.setting_source import SHIPPED, firm_name_of, source_of
from shared.process.settings import SAMPLE
from shared.yaml_text import quoted

SETTINGS: Mapping[str, type[BaseSettings]] = {
    "intake": IntakeSettings,
    "reminders": RemindersSettings,
    "feedback": FeedbackSettings,
    "reputation": ReputationSettings,
    "desk": DeskSettings,
    "gateway": GatewaySettings,
}
"""What each service is told; a value several have is checked by each of them."""
BARE = re.compile(r"[A-Za-z0-9_-]+")  # a key that TOML takes without quotes


@dataclass(frozen=True, slots=True)
class Value:
    """A value in force."""

    place: str  # in firm.toml: office.zone
    value: str
    source: str
    sample: bool


def values(said: Mapping[str, Said]) -> Iterator[Value]:
    """Every value ``firm.toml`` can say, as it is in force; ValidationError where one is wrong."""
    known = {service: settings() for service, settings in SETTINGS.items()}
    for key in keys():
        service, name = owner_of(key)
        value = getattr(known[service], name)
        yield Value(
            key.place,
            as_toml(value),
            source_of(SETTINGS[service], name, said),
            _is_sample(SETTINGS[service], name, value),
        )
    yield from _who_decides(said)
    yield from _who_makes(said)
    yield from _how_long(said)


def _who_decides(said: Mapping[str, Said]) -> Iterator[Value]:
    """Each kind of task, in which roles it is decided, and where that is said."""
    firm = IntakeSettings().firm_roles
    for kind in settable():
        source = _source_within("firm_roles", kind, kind in firm, said)
        yield Value(f"roles.{kind}", as_toml(roles_of(kind, firm)), source, sample=False)


def _who_makes(said: Mapping[str, Said]) -> Iterator[Value]:
    """Each decision, who makes it, and where that is said: the firm's line, its kind's, or a law's.

    Least of all, by a profile, where that leaves fewer than would decide it otherwise.
    """
    settings = IntakeSettings()
    firm = settings.who_decides()
    for kind, decision, _ in firm_decisions.decisions():
        name, own = name_of(kind, decision), bool(firm.said.get(kind, {}).get(decision))
        source = _source_within("firm_decisions", name, own, said)
        if not own and firm.deciding(kind, decision) != shipped_roles(kind, decision, firm.roles):
            source = f"the profile {settings.profile}"
        elif (
            not own
            and kind in firm.roles
            and shipped_roles(kind, decision, firm.roles) != (shipped_roles(kind, decision))
        ):
            source = _source_within("firm_roles", kind, True, said)
        value = as_toml(firm.value(kind, decision))
        yield Value(f"decisions.{name}", value, source, sample=False)


def _how_long(said: Mapping[str, Said]) -> Iterator[Value]:
    """Each class of records with an end, and who says when that is."""
    settings = IntakeSettings()
    for name, rule in settings.retention().items():
        if rule.years is not None:
            own = _source_within("firm_retention", name, name in settings.firm_retention, said)
            source = f"the profile {settings.profile}" if own == SHIPPED else own
            value = as_toml({"years": rule.years})
            yield Value(f"retention.{name}", value, source, sample=False)


def _source_within(setting: str, part: str, is_own: bool, said: Mapping[str, Said]) -> str:
    """Where a part of a value is said that the firm's folder holds as a table."""
    if not is_own:
        return SHIPPED
    whole, found = source_of(IntakeSettings, setting, said), said.get(setting)
    return found.source_of(part) if found is not None and whole == found.source else whole


def owner_of(key: Key) -> tuple[str, str]:
    """A service that has this setting, and its own name for it."""
    for service, settings in SETTINGS.items():
        for name, field in settings.model_fields.items():
            if firm_name_of(field, name) == key.setting:
                return service, name
    raise LookupError(f"no service has the setting {key.setting}")  # a test walks all keys


def shipped_value(key: Key) -> Any:
    """The value of a key as shipped."""
    service, name = owner_of(key)
    return SETTINGS[service].model_fields[name].get_default(call_default_factory=True)


def as_toml(value: Any) -> str:
    """A value as ``firm.toml`` would say it."""
    if isinstance(value, Path):
        return quoted(str(value))
    if isinstance(value, time):
        return f'"{value:%H:%M}"'
    if isinstance(value, dict):
        said = (f"{_key(name)} = {as_toml(each)}" for name, each in value.items())
        return "{ " + ", ".join(said) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(as_toml(each) for each in value) + "]"
    return '""' if value is None else quoted(value)


def _key(name: str) -> str:
    """A name as a key: in quotes where it holds more than letters, digits, dashes and bars."""
    return name if BARE.fullmatch(name) else quoted(name)


def _is_sample(settings: type[BaseSettings], name: str, value: Any) -> bool:
    field = settings.model_fields[name]
    return field.json_schema_extra == SAMPLE and value == field.default
