"""What did a person write about a task, and what did they ask a colleague to do?

Free text of staff is private: it is kept sealed under the key of whom it is about, and never
travels in an event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

PEOPLE = (("client_id", "client"), ("inquiry_id", "inquiry"), ("review_id", "review"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on a task; its id is that of its line in the task's history.

    ``given``: what was filled in with a decision, by the names of its fields.
    """

    note_id: str
    task_id: str
    person: str
    by: str
    at: datetime
    text: str = ""
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A task one person of the firm asked for; its words are sealed."""

    follow_up_id: str
    person: str
    asked_by: str
    about: dict[str, str] = field(default_factory=dict)
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactNote:
    """Who logged a call or a talk, and what they remember of it; the id is the entry's."""

    entry_id: str
    client_id: str
    by: str
    text: str = ""


def person_about(about: Mapping[str, str], task_id: str) -> str:
    """Whose key seals what is written: the client's, the inquirer's, or the task's own."""
    for name, person in PEOPLE:
        if name in about:
            return f"{person}:{about[name]}"
    return f"task:{task_id}"
