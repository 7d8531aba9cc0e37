"""How long does the firm keep each class of records, where that is not what its profile says?

Longer needs a reason, which the plan of an erasure names beside the law. Shorter is refused, but
where the profile's own years are nothing but a choice.
"""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from shared.profiles.profile import Retention


class Kept(BaseModel):
    """For how long the firm keeps one class of records, and why for longer than its profile."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    years: int = Field(ge=1, le=100)
    reason: str = Field(default="", max_length=300)


def mistake_in(name: str, kept: Kept, rules: Mapping[str, Retention]) -> str | None:
    """Why a firm cannot keep this class for so long; None where it can."""
    rule = rules.get(name)
    if rule is None:
        return f"there is no such class of records; there are: {', '.join(rules)}"
    if rule.years is None:
        return "it is kept without an end; take the line away"
    if kept.years < rule.years and not rule.shorter:
        return f"{rule.source} asks for {rule.years} years: a firm may keep it longer, not shorter"
    if kept.years > rule.years and not kept.reason.strip():
        return f'longer than {rule.years} years needs a reason: write reason = "…" beside it'
    return None


def in_force(rules: Mapping[str, Retention], firm: Mapping[str, Kept]) -> dict[str, Retention]:
    """The profile's classes, with the firm's years where it says others."""
    return {
        name: _otherwise(rule, firm[name]) if name in firm else rule for name, rule in rules.items()
    }


def _otherwise(rule: Retention, kept: Kept) -> Retention:
    why = kept.reason.strip()
    source = f"{rule.source}; the firm: {why}" if why else rule.source
    return rule.model_copy(update={"years": kept.years, "source": source})
