"""Whom does the firm act for at this moment, and how are they reached?

The desk asks it for the list a data breach or a closed office needs. Names and addresses travel in
this answer and in no event.
"""

from pydantic import Field

from shared.contracts.requests import Answer, Asked

AT_ONCE = 200


class CurrentClientsAsked(Asked):
    """The clients after this id, in order; an empty text: from the first one."""

    after: str = Field("", max_length=64)


class CurrentClient(Answer):
    """A client with an open matter; an erased one has an id alone."""

    client_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    locale: str | None = None
    channel: str | None = None
    matters: int = 1  # open ones
    owner_ids: list[str] = Field(default_factory=list)  # who leads them


class CurrentClientsTold(Answer):
    """Some of them; ``next`` is there as long as more may follow."""

    items: list[CurrentClient]
    next: str | None = None
