"""What may the desk ask intake of its conflict checks, and what is it told?

``register`` lists them, ``record`` tells all of one, ``search`` looks for names and keeps that it
did, ``reopen`` has a decided one decided anew, ``clearance`` says whether the firm may act,
``merge`` says that two clients are one person, which a second one is asked to confirm. Names travel
in these answers and in no event.
"""

from typing import Any, Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

Show = Literal[
    "all",
    "pending",
    "no-hits",
    "cleared",
    "waived",
    "declined",
    "reopened",
    "incomplete",
    "searches",
]
MOST_NAMES, LONGEST_NAME, MOST_ROWS = 10, 300, 500


class ChecksAsked(Asked):
    """One question about conflict checks; what it does not need is left out."""

    ask: Literal["register", "record", "search", "reopen", "clearance", "merge"]
    request_id: str | None = None  # search, reopen, merge: asked twice, done once
    check_id: str | None = None  # record, reopen
    why: str | None = None  # reopen
    names: list[str] | None = None  # search
    role: Literal["client", "prospect", "adverse", "related"] | None = None  # search: as what
    purpose: str | None = None  # search: what for
    show: Show | None = None  # register
    after: str | None = None  # register: the place a page before it told
    limit: int | None = None  # register
    client_id: str | None = None  # clearance; merge: whose id stays
    other_id: str | None = None  # merge


class CheckRow(Answer):
    """One check in the register."""

    check_id: str
    made_at: str
    trigger: str
    state: str
    name: str
    hits: int
    reopened: int
    incomplete: list[str]  # what could not be searched, in words
    client_id: str | None = None
    matter_id: str | None = None
    inquiry_id: str | None = None
    decided_by: str | None = None
    decided_at: str | None = None
    asked_by: str | None = None


class NightTold(Answer):
    """The last night in which checks that stand were searched again."""

    night: str  # the day it began
    done: bool
    screened: int
    reopened: int
    incomplete: bool


class ChecksListed(Answer):
    """A page of the register, the newest first; ``next``: where the next one begins."""

    rows: list[CheckRow]
    next: str | None = None
    night: NightTold | None = None
    incomplete: list[str] | None = None  # what no search could look at just now, in words


class WallTold(Answer):
    """A wall around the client or one of their matters, and whom it keeps away."""

    restriction_id: str
    matter_id: str | None = None  # None: around the client, with all their matters
    staff_ids: list[str]
    since: str | None = None  # ISO 8601


class ClearanceTold(Answer):
    """Whether the firm may act for a client, as far as their own checks go, and of when that is.

    ``unchecked``: no check was ever made, as of clients only an import told of. ``walled``: the
    firm may act, but not the staff that ``walls`` name.
    """

    client_id: str
    state: Literal["clear", "pending", "declined", "walled", "unchecked"]
    checked_at: str | None = None  # when the newest of these checks was made
    known_entries: int | None = None  # and against how many known parties
    walls: list[WallTold] = Field(default_factory=list)


class MergeTold(Answer):
    """Two clients are said to be one person: the task that asks a second one to confirm it.

    ``alone``: nobody else can; from when on whoever said so may (ISO 8601).
    """

    task_id: str
    alone: str | None = None


class CheckTold(Answer):
    """All of one check, the task that waits for its decision, and whether one may reopen it."""

    check: dict[str, Any]
    task_id: str | None = None
    may_reopen: bool = False
