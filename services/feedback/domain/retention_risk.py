"""May this client leave, and for which reasons?

A signal is one thing that worries: a silence, an unhappy answer, something owed and missed, a
concern that is open. Each begins and ends by what is told of it, in whatever order it is told, and
some are over after a while. Enough of different kinds together are a risk; which, how heavy each
is and for how long it counts is the firm's own data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Reason = Literal["no-contact", "low-score", "commitment-missed", "concern-open"]
EVERYTHING = "*"  # ends every signal of its kind, whatever it is about
MOST_SIGNALS = 100  # of one client: the latest are kept


class SignalRule(BaseModel):
    """How heavy one kind of signal is, and for how many days it counts; None: until it ends."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: int = Field(ge=0)
    days: int | None = Field(default=None, ge=1)


class RiskRules(BaseModel):
    """From how much weight on a client is at risk; each kind counts once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: int = Field(ge=1)
    signals: Mapping[Reason, SignalRule]


RISK_RULES = TypeAdapter(RiskRules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One thing that worries: since when, and until when it did, by the newest telling of each."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    matter_id: str | None = None
    msg_id: str = ""  # of the event that told of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What worries the firm about one client, and what was said of it last."""

    client_id: str
    signals: Mapping[str, Signal] = field(default_factory=dict)  # "<reason>:<what it is about>"
    raised: tuple[str, ...] = ()  # the reasons that were told; none: not at risk
    raised_at: datetime | None = None


def begun(risk: Risk, reason: Reason, about: str, signal: Signal) -> Risk:
    """The risk after this was told; an earlier beginning than the one known changes nothing."""
    before = risk.signals.get(_key(reason, about), Signal())
    if before.began_at is not None and (signal.began_at or before.began_at) <= before.began_at:
        return risk
    return _with(risk, reason, about, replace(signal, ended_at=before.ended_at))


def ended(risk: Risk, reason: Reason, about: str, at: datetime) -> Risk:
    """The risk after this ended; it may be told before the beginning is."""
    before = risk.signals.get(_key(reason, about), Signal())
    if before.ended_at is not None and at <= before.ended_at:
        return risk
    return _with(risk, reason, about, replace(before, ended_at=at))


def joined(there: Risk, moved: Risk) -> Risk:
    """Of two ids that are one person: what worries about either, the newest of each."""
    signals = {**moved.signals, **there.signals}
    for key in moved.signals.keys() & there.signals.keys():
        signals[key] = max(moved.signals[key], there.signals[key], key=_newest)
    raised = tuple(sorted({*there.raised, *moved.raised}))
    since = [each for each in (there.raised_at, moved.raised_at) if each is not None]
    return replace(there, signals=signals, raised=raised, raised_at=min(since, default=None))


def active(risk: Risk, rules: RiskRules, now: datetime) -> list[tuple[str, Signal]]:
    """The signals that count now, each with its reason; the latest first."""
    found = []
    for key, signal in risk.signals.items():
        reason = _reason(key)
        rule = rules.signals.get(reason)  # type: ignore[call-overload]  # of any name
        everything = risk.signals.get(_key(reason, EVERYTHING), Signal()).ended_at
        if rule is not None and _counts(signal, rule, everything, now):
            found.append((reason, signal))
    return sorted(found, key=lambda each: (str(each[1].began_at), each[0]), reverse=True)


def reasons_of(signals: Iterable[tuple[str, Signal]], rules: RiskRules) -> tuple[str, ...]:
    """Every kind of reason among these, where together they are a risk; else none."""
    kinds = sorted({reason for reason, _ in signals})
    weights = {str(kind): rule.weight for kind, rule in rules.signals.items()}
    weight = sum(weights.get(kind, 0) for kind in kinds)
    return tuple(kinds) if weight >= rules.threshold else ()


def _counts(signal: Signal, rule: SignalRule, everything: datetime | None, now: datetime) -> bool:
    if signal.began_at is None:
        return False
    ends = [each for each in (signal.ended_at, everything) if each is not None]
    if any(each >= signal.began_at for each in ends):
        return False
    return rule.days is None or now < signal.began_at + timedelta(days=rule.days)


def _newest(signal: Signal) -> str:
    return str(signal.began_at or signal.ended_at or "")


def _with(risk: Risk, reason: str, about: str, signal: Signal) -> Risk:
    signals = {**risk.signals, _key(reason, about): signal}
    if len(signals) > MOST_SIGNALS:
        oldest = min(signals, key=lambda key: str(signals[key].began_at or signals[key].ended_at))
        signals.pop(oldest)
    return replace(risk, signals=signals)


def _key(reason: str, about: str) -> str:
    return f"{reason}:{about}"


def _reason(key: str) -> str:
    return key.partition(":")[0]
