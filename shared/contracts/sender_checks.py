"""What may the desk ask reminders about whether the firm's mail is believed, and what is it told?

``send`` has a test mail sent to one address; ``read`` reads the source of the mail that arrived,
as a person copied it; ``state`` tells. The source travels in the question, and is kept nowhere.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

LONGEST_SOURCE = 30_000  # characters: fields stand at the head, the rest is not needed


class SenderAsked(Asked):
    """One question about the test mail; what it does not need is left out."""

    ask: Literal["state", "send", "read"]
    request_id: str | None = None  # send: asked twice, sent once
    address: str | None = Field(None, max_length=320)  # send
    language: str | None = None  # send: in which the test mail is written
    source: str | None = Field(None, max_length=LONGEST_SOURCE)  # read


class FindingTold(Answer):
    """One question that receiving servers ask, its answer as a code, and which domain it is of."""

    line: str  # from, judged, spf, dkim, alignment
    code: str
    domain: str = ""
    well: bool = False


class JudgementTold(Answer):
    """What was found, and when (ISO 8601); ``by``: who read it, empty where the mailbox did."""

    at: str
    by: str
    judge: str
    findings: list[FindingTold]


class SenderTold(Answer):
    """Where the last test mail stands, and what was found last."""

    sender: str  # the address mail comes from
    mailbox: str = ""  # the address of the firm's mailbox, where one is read
    standing: str  # never, ready, not-ready, changed
    progress: str  # none, waiting, arriving, not-sent, read
    by: str = ""
    address: str = ""
    asked_at: str | None = None
    outcome: str = ""
    judgement: JudgementTold | None = None
