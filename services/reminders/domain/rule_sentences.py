"""How does a rule read as a sentence, for whoever wrote it to see how it was understood?"""

from services.reminders.domain.playbook import (
    HAPPENED,
    Condition,
    Imported,
    Keep,
    LetterRule,
    Past,
    Rule,
)
from services.reminders.domain.schedule import Moment, Offset, Roll, Span

SPANS = {
    Span.MINUTES: "minute",
    Span.HOURS: "hour",
    Span.DAYS: "day",
    Span.WEEKS: "week",
    Span.MONTHS: "month",
    Span.BUSINESS_DAYS: "business day",
    Span.BUSINESS_HOURS: "business hour",
}
ROLLS = {
    Roll.FOLLOWING: "or the next business day",
    Roll.PRECEDING: "or the business day before",
}
PASTS = {
    Past.SKIP: "not at all if that has gone by",
    Past.SEND_NOW: "at once if that has gone by",
    Past.LATEST_OF_SERIES: "",
}


def sentence_for(rule: Rule) -> str:
    """When it acts, what it does, and what ends it."""
    parts = [
        f"on {_either(rule.on)}",
        _conditions(rule.when),
        _moment(rule),
        PASTS[rule.past] if rule.moment is not None else "",
        _consequence(rule),
        _limits(rule),
        f"again every {_length(rule.every)}" if rule.every else "",
        _ends(rule),
        "once for each time it starts" if rule.once else "",
        "imported things counted from their own day, or spread from their import on"
        if rule.imported is Imported.FROM_IMPORT
        else "",
    ]
    return ", ".join(part for part in parts if part)


def open_ends(rule: Rule) -> list[str]:
    """What the rule leaves open: that nothing undoes it, that it is never too late for it."""
    found = []
    if not rule.undone:
        found.append("nothing undoes it: name an `until`, or a condition on client or matter")
    if not rule.limited:
        found.append("it is never too late for it: say `valid-for` or `valid-until`")
    return found


def _ends(rule: Rule) -> str:
    until = rule.until
    if rule.keep is not None:
        until = tuple(each for each in until if each not in rule.keep.voids)
    named = tuple(f"{each} of its {rule.until_by[each]}" if each in rule.until_by else each
                  for each in until)  # fmt: skip
    return f"until {_either(named)}" if named else ""


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(words)


def _conditions(conditions: tuple[Condition, ...]) -> str:
    said_each = [_condition(each) for each in conditions]
    return f"if {' and '.join(said_each)}" if said_each else ""


def _condition(each: Condition) -> str:
    if each.any_of:
        return " or ".join(_condition(one) for one in each.any_of)
    return f"{each.field} {_wanted(each)}"


def _wanted(condition: Condition) -> str:
    if condition.present is not None:
        return "is known" if condition.present else "is not known"
    values = " or ".join(_plain(value) for value in condition.values)
    return ("is not " if condition.other else "is ") + values


def _plain(value: object) -> str:
    return {True: "true", False: "false", None: "empty"}.get(value, str(value))  # type: ignore[call-overload, no-any-return]  # any value is looked up


def _moment(rule: Rule) -> str:
    anchor = _either(tuple("the event" if a == HAPPENED else a for a in rule.anchors))
    if rule.moment is None:
        return f"at once (again for each {anchor})" if anchor else "at once"
    moment: Moment = rule.moment
    time = f"at {moment.time}" if moment.time else ""
    roll = ROLLS.get(moment.roll, "")
    return " ".join(word for word in (_apart(moment.offset, anchor), time, roll) if word)


def _apart(offset: Offset, anchor: str) -> str:
    if offset.amount == 0:
        return f"on the day of {anchor}" if offset.on_calendar else f"at {anchor}"
    side = "before" if offset.amount < 0 else "after"
    return f"{_length(offset)} {side} {anchor}"


def _length(offset: Offset) -> str:
    number = abs(offset.amount)
    return f"{number} {SPANS[offset.span]}{'' if number == 1 else 's'}"


def _consequence(rule: Rule) -> str:
    if rule.send is not None:
        unknown = rule.send.on_unknown.value
        if rule.tell is not None:
            facts, kind = ", ".join(rule.send.tells), rule.send.message_class.value
            return f"tell what stands ({facts}; {kind}; {unknown} if unknown)"
        kind = "; ".join([rule.send.message_class.value, f"{unknown} if unknown", *_letter(rule)])
        return f"send {rule.send.template} ({kind})"
    if rule.ask is not None:
        return f"ask {rule.ask.role} ({rule.ask.kind})"
    if rule.keep is not None:
        return _kept(rule.keep)
    return f"announce {rule.announce.type}" if rule.announce is not None else ""


def _kept(keep: Keep) -> str:
    """By which standard it is owed, who is asked when, and what makes it void."""
    warned = f"{_length(keep.warn)} before" if keep.warn is not None else "at once"
    warned += "".join(f" and again {_length(each)} before" for each in keep.again)
    voids = f", void on {_either(keep.voids)}" if keep.voids else ""
    if keep.void_when:
        voids += f" if {' and '.join(_condition(each) for each in keep.void_when)}"
    met = f", met only if {' and '.join(_condition(each) for each in keep.met_when)}"
    return (
        f"owe {keep.standard} by then ({keep.source}, {keep.edition}), "
        f"{keep.ask.role} asked {warned}{met if keep.met_when else ''}{voids}"
    )


def _letter(rule: Rule) -> list[str]:
    waits = rule.send is not None and rule.send.letter is LetterRule.WAITS
    return ["in the next letter where one went today"] if waits else []


def _limits(rule: Rule) -> str:
    limits = []
    if rule.valid_for is not None:
        limits.append(f"at most {_length(rule.valid_for)} late")
    if rule.valid_until is not None:
        limits.append(f"never later than {_apart(rule.valid_until, _either(rule.anchors))}")
    if rule.send is not None and rule.send.told_within is not None:
        limits.append(f"not within {_length(rule.send.told_within)} of being told the same")
    return " and ".join(limits)
