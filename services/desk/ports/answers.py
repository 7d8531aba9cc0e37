"""What may an owner of something say to a person: accepted, or no, and why?"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """An owner's no: a code for machines, a sentence for people, the field it is about."""

    code: str
    message: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What an owner says to a decision: accepted, or refused and why; its state and version now."""

    state: str | None
    version: int | None
    refused: Refused | None = None
    waits: bool = False  # it counts once a second person has said the same
