"""What did the demo leave behind, seen from every side?

The same things counted by those who hold them: the stream, the databases (through the services'
own answers) and the mail catcher. Nothing here is worked out from anything else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.trial.demo.caught_mails import Mail
from deploy.trial.demo.event_lines import is_ours

Event = Mapping[str, Any]
OUTCOMES = ("applied", "duplicate", "ignored", "parked", "dead")
EMAIL = "email"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything there is to check, gathered at rest."""

    events: tuple[Event, ...]  # as they were read from the stream, in order
    stored: Mapping[str, int]  # subject → how many the stream holds
    heard: Mapping[str, tuple[str, ...]]  # service → the subjects it is given
    ledgers: Mapping[str, Mapping[str, Any]]  # service → what it answers about its ledger
    mails: tuple[Mail, ...]  # to clients
    tasks: tuple[Mapping[str, Any], ...]  # as the desk lists them
    timelines: Mapping[str, tuple[Mapping[str, Any], ...]]  # client → the desk's entries
    digests: tuple[Mail, ...] = ()  # to the firm's own people
    letters: tuple[Mapping[str, Any], ...] = ()
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # role → titles of tasks
    published: int = 0  # how many different events the firm's systems published
    refusals: Mapping[str, str] = field(default_factory=dict)  # what was tried → the code of the no
    troubles: tuple[str, ...] = ()  # what could not be played
    received: tuple[Event, ...] = ()  # by the system that subscribed, each once
    unsigned: int = 0  # what came to it without its signature

    def of(self, kind: str, **wanted: Any) -> list[Mapping[str, Any]]:
        """The data of every event of a type whose data says this."""
        found = (event["data"] for event in self.events if event["type"] == kind)
        return [data for data in found if _says(data, wanted)]

    def sent(self, **wanted: Any) -> list[Mapping[str, Any]]:
        """The messages that went out by e-mail."""
        return self.of("contact-sent", channel=EMAIL, **wanted)

    def mails_sent(self) -> int:
        """How many e-mails that makes: messages to one client may share a letter, and whoever
        asked for help is written to as well.
        """
        letters = {each.get("letter_id") or each["contact_id"] for each in self.sent()}
        return len(letters) + len(self.of("inquirer-letter-due"))

    def acted_for(self) -> set[str]:
        """The clients with an open matter of which no check waits for a decision."""
        held = {str(each.get("matter_id")) for each in self.of("restriction-placed")}
        held |= {str(each["matter_id"]) for each in self.of("matter-closed")}
        opened = self.of("matter-opened")
        return {str(each["client_id"]) for each in opened if str(each["matter_id"]) not in held}

    def tasks_of(self, kind: str, **about: str) -> list[Mapping[str, Any]]:
        """The desk's tasks of a kind about this."""
        of_kind = (task for task in self.tasks if task["kind"] == kind)
        return [task for task in of_kind if _says(task["about"], about)]

    def mails_to(self, address: str) -> list[Mail]:
        """The messages in the catcher for one address."""
        return [mail for mail in self.mails if address in mail.to]

    def entries(self, *kinds: str) -> list[Mapping[str, Any]]:
        """The timeline entries of these kinds, of all clients."""
        every = (entry for entries in self.timelines.values() for entry in entries)
        return [entry for entry in every if entry["kind"] in kinds]


def by_type(stored: Mapping[str, int]) -> Counter[str]:
    """How many events of each type the stream holds."""
    counts: Counter[str] = Counter()
    for subject, count in stored.items():
        counts[subject.split(".")[1]] += count
    return counts


def given_to(subjects: Iterable[str], stored: Mapping[str, int]) -> int:
    """How many events of the stream a consumer of these subjects is given."""
    wanted = list(subjects)
    return sum(count for subject, count in stored.items() if _fits(subject, wanted))


def balance(ledger: Mapping[str, Any]) -> int:
    """What was received and is not accounted for; 0 when nothing is lost."""
    counts = ledger["ledger"]
    return int(counts.get("received", 0)) - sum(int(counts.get(each, 0)) for each in OUTCOMES)


def clients_of(events: Iterable[Event]) -> list[str]:
    """The clients the firm told us of."""
    told = {str(e["data"]["client_id"]) for e in events if e["type"] == "client-onboarded"}
    return sorted(told)


def firm_said(events: Iterable[Event]) -> list[Event]:
    """What the firm's other systems published."""
    return [event for event in events if not is_ours(event)]


def _fits(subject: str, wanted: Iterable[str]) -> bool:
    """As NATS matches the two forms our consumers use: ``events.>`` and ``events.<type>.*``."""
    for pattern in wanted:
        head, _, last = pattern.rpartition(".")
        if last == ">" and subject.startswith(f"{head}."):
            return True
        if last == "*" and subject.rpartition(".")[0] == head:
            return True
    return False


def _says(data: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    return all(data.get(name) == value for name, value in wanted.items())
