"""How does this firm lead concerns: by when, up to what remedy, with which causes and letters?

The firm's own data, checked when the service starts.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.feedback.domain.concern import Concern, Kind
from services.feedback.domain.steps import TIMED
from shared.contracts.concerns import NO_CAUSE
from shared.errors import RuleError

Code = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9-]{0,39}$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Days = Annotated[int, Field(ge=1, le=260)]
KINDS: tuple[Kind, ...] = ("recovery", "complaint", "dispute")
LETTERS = "letters"
LETTER_STEPS = frozenset({"acknowledged", "investigated", "told", "remedy-agreed", "signposted"})


class Procedure(BaseModel):
    """What the firm has decided about concerns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    within: dict[Kind, dict[str, Days]]
    causes: dict[Code, Words]
    remedy_without_partner: Decimal = Field(ge=0)
    letters: dict[Kind, dict[str, Code]] = {}

    @model_validator(mode="after")
    def _is_whole(self) -> "Procedure":
        for kind in KINDS:
            days = self.within.get(kind, {})
            if set(days) != set(TIMED):
                raise ValueError(f"within.{kind}: name the days of: {', '.join(TIMED)}")
            if sorted(days.values()) != [days[name] for name in TIMED]:
                steps = ", ".join(TIMED)
                raise ValueError(f"within.{kind}: a later step is due no earlier: {steps}")

        missing = sorted(NO_CAUSE - self.causes.keys())
        if missing:
            raise ValueError(f"causes: these have to be there: {', '.join(missing)}")
        for kind, letters in self.letters.items():
            if unknown := sorted(letters.keys() - LETTER_STEPS):
                steps = ", ".join(sorted(LETTER_STEPS))
                raise ValueError(f"letters.{kind}: {unknown[0]} is no step; there are: {steps}")
        return self

    def letter_at(self, concern: Concern, step: str) -> str | None:
        """What the firm writes when this step is done; what is agreed before a client is told what
        came of it stands in the letter that tells them.
        """
        letters = self.letters.get(concern.kind, {})
        if step == "remedy-agreed" and "told" in letters and "told" not in concern.done:
            return None
        return letters.get(step)

    def check_cause(self, code: object) -> str:
        """The cause that was chosen; RuleError where it is none of the firm's."""
        if not isinstance(code, str) or code not in self.causes:
            raise RuleError(f"Choose one of: {', '.join(self.causes)}.", field="cause_code")
        return code


def read_procedure(shipped: Any, own: Any = None) -> Procedure:
    """What is shipped, with what the firm says instead; ValueError says what is wrong.

    Of the letters, the firm's own holds step by step: whoever words one has not dropped the others.
    """
    if own is not None and not isinstance(own, Mapping):
        raise ValueError("write parts of it, such as causes:, each with its values")
    said = dict(own or {})
    if LETTERS in said:
        said[LETTERS] = _with_letters(shipped.get(LETTERS, {}), said[LETTERS])
    return Procedure.model_validate({**shipped, **said})


def _with_letters(shipped: Mapping[str, Any], own: Any) -> Any:
    """The shipped letters with the firm's own at their steps; none where it says null."""
    if own is None:
        return {}
    if not isinstance(own, Mapping) or not all(
        each is None or isinstance(each, Mapping) for each in own.values()
    ):
        raise ValueError("letters: write for each kind its steps, such as complaint: {told: ours}")
    kinds = {**shipped, **{kind: {} for kind, steps in own.items() if steps is None}}
    for kind, steps in own.items():
        merged = {**kinds.get(kind, {}), **(steps or {})}
        kinds[kind] = {step: letter for step, letter in merged.items() if letter is not None}
    return kinds
