"""How do words of a client come to be published, and when may they not stand there any more?

Proposed, read by the client, agreed to for exactly one text, published by somebody who did not
propose them. What the client agreed to is known by its hash: any other text is asked about anew,
and a consent that is withdrawn ends it at once, wherever it had come to.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from services.reputation.domain.response import hash_of
from services.reputation.domain.sole_practice import SolePractice
from shared.contracts.keys import id_made_of
from shared.contracts.testimonials import Attribution
from shared.errors import RuleError

LONGEST = 2_000
LONGEST_LINE = 200
State = Literal["sought", "asked", "declined", "agreed", "published", "withdrawn", "dropped"]
STATES: tuple[State, ...] = get_args(State)
Because = Literal["client", "edited", "deceased", "firm"]
WITHDRAWABLE: frozenset[State] = frozenset({"asked", "agreed", "published"})
ATTRIBUTIONS: tuple[Attribution, ...] = ("none", "initials", "name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That the client agreed to one text, and how they want to be named with it."""

    text_hash: str
    attribution: Attribution
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Testimonial:
    """Words of one client, of one matter. The words and the name are sealed."""

    testimonial_id: str
    client_id: str
    matter_id: str
    text: str = ""  # sealed
    name: str = ""  # sealed: as the client wants it to stand there
    elsewhere: str = ""  # sealed: where else somebody put it by hand
    reason: str | None = None  # sealed: why it is not published
    state: State = "sought"
    revision: int = 0  # how many texts there have been
    rounds: int = 0  # how often somebody was asked for a text
    proposer_id: str | None = None
    proposed_at: datetime | None = None
    consent: Consent | None = None
    published_at: datetime | None = None
    published_by: str | None = None
    task_id: str | None = None

    @property
    def erased(self) -> bool:
        """Whether there was a text, and it is gone with its key."""
        return self.revision > 0 and not self.text


def testimonial_id_of(client_id: str, matter_id: str) -> str:
    """The one testimonial of a client about a matter."""
    return id_made_of("testimonial", client_id, matter_id)


def wording_id_of(testimonial: Testimonial) -> str:
    """The wording that is asked about, agreed to or withdrawn."""
    return id_made_of("wording", testimonial.testimonial_id, str(testimonial.revision))


def proposed(testimonial: Testimonial, text: str, by: str, now: datetime) -> Testimonial:
    """A text the client is to be asked about; whatever they agreed to before is void."""
    if text == testimonial.text and testimonial.state in WITHDRAWABLE:
        raise RuleError(
            "The client was asked about exactly these words already.", code="same-text",
            field="text",
        )  # fmt: skip
    return replace(
        testimonial, text=text, state="asked", revision=testimonial.revision + 1, consent=None,
        published_at=None, published_by=None, proposer_id=by, proposed_at=now, reason=None,
    )  # fmt: skip


def agreed(
    testimonial: Testimonial, revision: int, attribution: Attribution, name: str, now: datetime
) -> Testimonial:
    """The client agreed to the very words they read."""
    consent = Consent(text_hash=hash_of(testimonial.text), attribution=attribution, at=now)
    before = testimonial.consent
    if before is not None and testimonial.revision == revision and testimonial.state == "agreed":
        return testimonial
    _may_answer(testimonial, revision)
    return replace(testimonial, state="agreed", consent=consent, name=name)


def declined(testimonial: Testimonial, revision: int) -> Testimonial:
    """The client does not want them published."""
    if testimonial.revision == revision and testimonial.state == "declined":
        return testimonial
    _may_answer(testimonial, revision)
    return replace(testimonial, state="declined")


def published(
    testimonial: Testimonial, elsewhere: str, by: str, now: datetime, sole: SolePractice | None
) -> Testimonial:
    """Exactly what was agreed to, by somebody who did not propose it; alone, only after a while."""
    agreed_text(testimonial)
    if testimonial.state != "agreed":
        raise RuleError(f"These words are {testimonial.state}.", code="wrong-state")
    if by == testimonial.proposer_id:
        if sole is None or testimonial.proposed_at is None:
            raise RuleError(
                "You proposed these words, so a colleague has to publish them.", code="own-text"
            )
        if now < sole.open_from(testimonial.proposed_at):
            raise RuleError(
                "You proposed these words and nobody else can publish them: read them again later.",
                code="cooling-off",
            )
    return replace(
        testimonial, state="published", elsewhere=elsewhere, published_at=now, published_by=by
    )


def withdrawn(testimonial: Testimonial) -> Testimonial:
    """It may not be published, and does not stand in the list from this instant on."""
    return replace(testimonial, state="withdrawn", consent=None, published_at=None)


def dropped(testimonial: Testimonial, reason: str) -> Testimonial:
    """Not wanted after all."""
    return replace(testimonial, state="dropped", consent=None, reason=reason)


def agreed_text(testimonial: Testimonial) -> str:
    """The words the client agreed to; refused where they are not, word for word."""
    consent = testimonial.consent
    if consent is None:
        raise RuleError("The client has not agreed to these words.", code="no-consent")
    if hash_of(testimonial.text) != consent.text_hash:
        raise RuleError("These are other words than the client agreed to.", code="text-changed")
    return testimonial.text


def stands(testimonial: Testimonial) -> bool:
    """Whether it may be shown to everybody at this moment."""
    consent = testimonial.consent
    return (
        testimonial.state == "published"
        and consent is not None
        and consent.text_hash == hash_of(testimonial.text)
    )


def named(testimonial: Testimonial) -> str | None:
    """How the client is named with their words, as they chose; None: not at all."""
    consent = testimonial.consent
    if consent is None or consent.attribution == "none" or not testimonial.name:
        return None
    return testimonial.name if consent.attribution == "name" else initials_of(testimonial.name)


def initials_of(name: str) -> str:
    """The first letter of each word of a name, each with a full stop."""
    words = re.findall(r"[^\W\d_]+", name)
    return " ".join(f"{word[0].upper()}." for word in words)


def _may_answer(testimonial: Testimonial, revision: int) -> None:
    if testimonial.revision != revision:
        raise RuleError("What is written there has changed meanwhile.", code="changed")
    if testimonial.state != "asked":
        raise RuleError("This was answered before.", code="answered")
