"""How does a playbook file become rules?

A file names the playbook and gives rules; what it says outside ``rules`` holds for each of them
unless the rule says otherwise. Every complaint names file and line and what to write instead.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Any

from services.reminders.domain.conditions import CLIENT, CLIENT_FIELDS, MATTER, MATTER_FIELDS
from services.reminders.domain.consequences import parse_then
from services.reminders.domain.playbook import Condition, Imported, Past, PublishedRule, Rule
from services.reminders.domain.rule_ends import event_types, parse_until
from services.reminders.domain.schedule import Moment, Offset, Roll, Span
from services.reminders.domain.vocabulary import Vocabulary
from services.reminders.domain.yaml_places import Place, read_yaml

RULE_KEYS = frozenset(
    {"about", "version", "on", "when", "per", "at", "until", "to", "then", "past", "valid-for",
     "valid-until", "series", "once", "every", "imported"}
)  # fmt: skip
FILE_KEYS = RULE_KEYS | {"playbook", "rules", "unknown-events"}
WAIT = "wait"
NEEDED = ("version", "on", "per", "at", "then")
AT_KEYS = frozenset({"anchor", "offset", "time", "roll"})
NOW = "now"
ANY = "any"


@dataclass(frozen=True, slots=True)
class SaidRule:
    """What a file says of one rule, with what it says for all of its rules."""

    rule_id: str
    playbook: str
    place: Place
    said: Mapping[str, Place]


def parse(file: str, text: str, vocabulary: Vocabulary) -> tuple[PublishedRule, ...]:
    """The rules of one playbook file; raises PlaybookError with file and line."""
    return tuple(published(each, vocabulary) for each in said_rules(read_yaml(file, text)))


def said_rules(top: Place) -> Iterator[SaidRule]:
    """What a playbook file says of each rule; raises PlaybookError where it is no playbook."""
    said = top.mapping()
    _only(said, FILE_KEYS, "a playbook")
    if "playbook" not in said or "rules" not in said:
        raise top.wrong("a playbook has a name (`playbook: …`) and rules (`rules:` …)")
    name = said["playbook"].word()
    common = {key: place for key, place in said.items() if key in RULE_KEYS}
    rules = said["rules"].mapping()
    if not rules:
        raise said["rules"].wrong("there is no rule here")
    for rule_id, place in rules.items():
        own = place.mapping()
        _only(own, RULE_KEYS, "a rule")
        whole = {**common, **own}
        for key in NEEDED:
            if key not in whole:
                raise place.wrong(f"the rule {rule_id} lacks `{key}`")
        yield SaidRule(rule_id, name, place, whole)


def waits(top: Place) -> bool:
    """Whether rules about events that no release knows yet wait for it, and are no mistake."""
    said = top.mapping().get("unknown-events")
    if said is not None and said.value != WAIT:
        raise said.wrong("write `unknown-events: wait`, or leave it out")
    return said is not None


def is_known(each: SaidRule, vocabulary: Vocabulary) -> bool:
    """Whether every event the rule begins or ends by is there."""
    named = [each.said[key] for key in ("on", "until") if key in each.said]
    return all(word in vocabulary.events for place in named for word in place.words())


def published(each: SaidRule, vocabulary: Vocabulary) -> PublishedRule:
    """The rule, checked, with the fingerprint of what it says."""
    for key in NEEDED:
        if key not in each.said:
            raise each.place.wrong(f"the rule {each.rule_id} lacks `{key}`")
    rule = _rule(each.rule_id, each.playbook, each.said, vocabulary)
    return PublishedRule(rule=rule, fingerprint=_fingerprint(each.playbook, each.said))


def _rule(rule_id: str, playbook: str, said: Mapping[str, Place], vocabulary: Vocabulary) -> Rule:
    on = event_types(said["on"], vocabulary)
    until, until_by = parse_until(said["until"], on, vocabulary) if "until" in said else ((), {})
    consequence = parse_then(said["then"], on, vocabulary)
    rule = Rule(
        rule_id=rule_id,
        playbook=playbook,
        version=said["version"].number(),
        on=on,
        per=_field(said["per"], on, vocabulary),
        until=until,
        until_by=until_by,
        when=_conditions(said["when"], on, vocabulary) if "when" in said else (),
        past=_past(said, sends=consequence.send is not None),
        series=said["series"].word() if "series" in said else None,
        once=said["once"].flag() if "once" in said else False,
        valid_for=_offset(said["valid-for"]) if "valid-for" in said else None,
        valid_until=_offset(said["valid-until"]) if "valid-until" in said else None,
        send=consequence.send,
        tell=consequence.tell,
        ask=consequence.ask,
        announce=consequence.announce,
        keep=consequence.keep,
    )
    rule = _repeating(replace(rule, imported=_imported(said)), said)
    if "until" in said:
        _field(said["per"], tuple(e for e in until if e not in until_by), vocabulary)
    if "to" in said and said["to"].word() != "client":
        raise said["to"].wrong("messages go `to: client`; other recipients do not exist yet")
    rule = _with_moment(rule, said["at"], vocabulary)
    if rule.keep is not None:
        return _kept(rule, said["then"].mapping()["keep"].mapping(), said, vocabulary)
    return rule


def _kept(
    rule: Rule, keeps: Mapping[str, Place], said: Mapping[str, Place], vocabulary: Vocabulary
) -> Rule:
    """The rule with the ends of what it keeps: by what it is met, by what it is not owed."""
    if rule.keep is None or rule.moment is None or not rule.until:
        raise said["then"].wrong(
            "`keep` needs by when (`at` with an `offset` such as +1bd) and what meets it (`until`)"
        )
    for key in ("valid-for", "valid-until", "once", "every", "series"):
        if key in said:
            raise said[key].wrong(f"`{key}` does not fit `keep`: it is due, and met or missed")
    voids, void_by = (
        parse_until(keeps["void"], rule.on, vocabulary) if "void" in keeps else ((), {})
    )
    _field(said["per"], tuple(each for each in voids if each not in void_by), vocabulary)
    met_when = _end_conditions(keeps.get("met-when"), rule.until, vocabulary)
    void_when = _end_conditions(keeps.get("void-when"), voids, vocabulary)
    keep = replace(rule.keep, voids=voids, met_when=met_when, void_when=void_when)
    return replace(
        rule, keep=keep, until=(*rule.until, *voids), until_by={**rule.until_by, **void_by}
    )


def _end_conditions(
    place: Place | None, types: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Condition, ...]:
    return _conditions(place, types, vocabulary) if place is not None else ()


def _imported(said: Mapping[str, Place]) -> Imported:
    if "imported" not in said:
        return Imported.AHEAD
    return said["imported"].one_of(Imported, list(Imported))


def _repeating(rule: Rule, said: Mapping[str, Place]) -> Rule:
    if "every" not in said:
        return rule
    every = _offset(said["every"])
    if every.amount <= 0:
        raise said["every"].wrong("say after how long it comes again, such as 30d")
    if rule.once or rule.send is not None or "offset" not in (said["at"].value or ()):
        raise said["every"].wrong("`every` fits rules that ask or announce, with an `offset`")
    return replace(rule, every=every)


def _with_moment(rule: Rule, place: Place, vocabulary: Vocabulary) -> Rule:
    if place.value == NOW:
        return rule
    at = place.mapping()
    _only(at, AT_KEYS, "`at`")
    if "offset" not in at:
        raise place.wrong("`at` lacks an `offset`, such as -7d, +2h or now")
    anchors = _anchors(at["anchor"], rule.on, vocabulary) if "anchor" in at else ("happened",)
    if at["offset"].value == NOW:
        if "time" in at or "roll" in at:
            raise place.wrong("`offset: now` has no time of day and no roll")
        return replace(rule, anchors=anchors)
    offset = _offset(at["offset"], business_hours=rule.keep is not None)
    if "time" in at and not offset.on_calendar:
        raise at["time"].wrong("a time of day fits offsets in d, w, mo and bd only")
    moment = Moment(
        offset=offset,
        time=_time(at["time"]) if "time" in at else None,
        roll=at["roll"].one_of(Roll, list(Roll)) if "roll" in at else Roll.NONE,
    )
    return replace(rule, anchors=anchors, moment=moment)


def _only(said: Mapping[str, Place], allowed: frozenset[str], what: str) -> None:
    for key, place in said.items():
        if key not in allowed:
            raise place.wrong(f"{what} has no `{key}`; it has: {', '.join(sorted(allowed))}")


def _field(place: Place, types: tuple[str, ...], vocabulary: Vocabulary) -> str:
    name = place.word()
    for each in types:
        if name not in vocabulary.events[each].fields:
            have = ", ".join(sorted(vocabulary.shared_fields(types))) or "nothing"
            raise place.wrong(f"{each} has no `{name}`; {_and(types)} share: {have}")
    return name


def _anchors(place: Place, types: tuple[str, ...], vocabulary: Vocabulary) -> tuple[str, ...]:
    names = place.words()
    for event_type in types:
        instants = vocabulary.events[event_type].instants | {"happened"}
        if not instants & set(names):
            have = ", ".join(sorted(instants))
            raise place.wrong(f"{event_type} has no such instant; it has: {have}")
    return names


def _conditions(
    place: Place, types: tuple[str, ...], vocabulary: Vocabulary
) -> tuple[Condition, ...]:
    conditions = []
    for name, wanted in place.mapping().items():
        if name.startswith(CLIENT):
            if name not in CLIENT_FIELDS:
                raise wanted.wrong(f"of a client one can ask: {', '.join(sorted(CLIENT_FIELDS))}")
        elif name == ANY:
            each = [part for one in _list(wanted) for part in _conditions(one, types, vocabulary)]
            conditions.append(Condition(field=ANY, any_of=tuple(each)))
            continue
        elif name.startswith(MATTER):
            if name not in MATTER_FIELDS:
                raise wanted.wrong(f"of a matter one can ask: {', '.join(sorted(MATTER_FIELDS))}")
            _field(Place(wanted.file, wanted.line, "matter_id"), types, vocabulary)
        elif all(name not in vocabulary.events[each].fields for each in types):
            _field(Place(wanted.file, wanted.line, name), types, vocabulary)
        if isinstance(wanted.value, dict):
            _only(wanted.mapping(), frozenset({"not"}), "a condition")
            values = tuple(wanted.mapping()["not"].scalars())
            conditions.append(Condition(field=name, values=values, other=True))
        elif wanted.value in ("present", "absent"):
            conditions.append(Condition(field=name, present=wanted.value == "present"))
        else:
            conditions.append(Condition(field=name, values=tuple(wanted.scalars())))
    return tuple(conditions)


def _list(place: Place) -> list[Place]:
    if not isinstance(place.value, list):
        raise place.wrong("write a list of conditions, of which one has to hold")
    return place.value


def _past(said: Mapping[str, Place], *, sends: bool) -> Past:
    if "past" in said:
        return said["past"].one_of(Past, list(Past))
    return Past.LATEST_OF_SERIES if sends else Past.SEND_NOW


def _offset(place: Place, *, business_hours: bool = False) -> Offset:
    try:
        found = Offset.parse(str(place.value))
    except ValueError as mistake:
        raise place.wrong(f"{place.value!r} is no offset: {mistake}") from None
    if found.span is Span.BUSINESS_HOURS and not business_hours:
        raise place.wrong("business hours (bh) fit the `at` of `keep` only: write h or bd")
    return found


def _time(place: Place) -> str:
    text = place.word()
    try:
        return time.fromisoformat(text).isoformat(timespec="minutes")
    except ValueError:
        raise place.wrong(f"{text!r} is no time of day: write 09:30") from None


def _and(types: tuple[str, ...]) -> str:
    return " and ".join(types)


def _fingerprint(playbook: str, said: Mapping[str, Place]) -> str:
    """Over what the rule says, without comments and layout; ``about`` is a comment too."""
    plain: dict[str, Any] = {
        key: place.plain() for key, place in said.items() if key not in ("about", "version")
    }
    canonical = json.dumps([playbook, plain], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()
