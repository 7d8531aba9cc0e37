"""What may the desk ask intake about one client, for whoever is about to deal with them?

How they wish to be met, what they agreed to and who said so, their matters, the people who matter,
and what came of their appointments. Names and addresses travel in this answer and in no event.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked


class CardAsked(Asked):
    """Whose card."""

    client_id: str


class ConsentTold(Answer):
    """The newest word on one purpose, by one side; ``at`` is ISO 8601, or it is not known."""

    purpose: str
    channel: str | None = None  # None: every channel
    granted: bool
    by: Literal["client", "firm"]
    basis: str | None = None
    at: str | None = None
    source: str | None = None  # the system that said it


class MatterTold(Answer):
    """One matter of the client; days are ISO 8601 instants."""

    matter_id: str
    practice_area: str | None = None
    owner_id: str | None = None
    state: Literal["open", "closed"]
    opened_at: str | None = None
    closed_at: str | None = None


class PersonTold(Answer):
    """Somebody with a part in one of the client's matters."""

    name: str
    role: str
    matter_id: str
    phone: str | None = None
    email: str | None = None


class MisunderstoodTold(Answer):
    """What the firm had understood, and what the client said is wrong with it."""

    understood: str
    objection: str
    at: str


class NoteTold(Answer):
    """What came of one appointment, for staff; instants are ISO 8601."""

    note_id: str
    outcome: Literal["held", "missed-by-client", "missed-by-firm"]
    state: Literal["open", "missed", "asked", "confirmed", "disputed", "settled"]
    matter_id: str | None = None
    met_at: str | None = None
    by: str
    present: str | None = None  # who took part
    said: str | None = None
    understood: str | None = None
    authority_limit: str | None = None
    next_step: str | None = None
    objection: str | None = None
    agreed: str | None = None
    answered_at: str | None = None
    earlier: list[MisunderstoodTold] = Field(default_factory=list)


class CardTold(Answer):
    """What intake knows of a client; ``known`` is false where nothing is, or it was erased."""

    client_id: str
    known: bool
    name: str | None = None
    preferred_name: str | None = None
    pronunciation: str | None = None
    salutation: str | None = None
    contact_person: str | None = None
    locale: str | None = None
    interpreter: str | None = None
    email: str | None = None
    phone: str | None = None
    timezone: str | None = None
    channel: str | None = None
    channel_chosen: bool = False  # by the client themselves; else the firm noted it
    earliest: str | None = None  # from when until when they may be contacted, on their own clock
    latest: str | None = None
    consents: list[ConsentTold] = Field(default_factory=list)
    matters: list[MatterTold] = Field(default_factory=list)
    people: list[PersonTold] = Field(default_factory=list)
    notes: list[NoteTold] = Field(default_factory=list)  # of talks, the newest first
