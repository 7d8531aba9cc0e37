"""What does every step know of the firm: its playbooks, its policy, its words, its channels?

Rules and words change while a service runs, when another edition comes into force; between batches
only, so that a step is asked what it needs by the same rules by which it decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.reminders.domain.checks.word_lists import WordList
from services.reminders.domain.edition_files import Files
from services.reminders.domain.gate import Policy
from services.reminders.domain.last_moments import Firm
from services.reminders.domain.letter_for_approval import SolePractice
from services.reminders.domain.letter_texts import LetterSet
from services.reminders.domain.playbook import Playbooks, PublishedRule, Rule
from services.reminders.domain.schedule import Offset, Span
from services.reminders.domain.sender_check import MailWay
from services.reminders.domain.wording import Wording
from services.reminders.ports import LetterPrinter, MessageChannel
from shared.channels import has_let_go


@dataclass(frozen=True, kw_only=True)
class FirmLetters:
    """The letters that a person approves: their texts, what they are read for, who may alone."""

    texts: LetterSet
    wording: Wording  # the same texts, ready to be filled in
    word_lists: Mapping[str, WordList]
    sole_practice: SolePractice | None = None
    printer: LetterPrinter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDays:
    """Within how many business days people do what no rule gives a time for."""

    call: int = 1  # whom no message can reach
    settle: int = 1  # whether a message went out
    wish: int = 2  # to see to a wish that cannot be met
    approve: int = 1  # a letter
    post: int = 1  # an approved letter on paper
    edition: int = 2  # to look at a change of rules and words

    @staticmethod
    def within(days: int) -> Offset:
        """So many business days from now."""
        return Offset(days, Span.BUSINESS_DAYS)


@dataclass(frozen=True, kw_only=True)
class FirmRules:
    """What files of the firm say together with what is shipped, read and checked."""

    files: Files  # the firm's own
    published: tuple[PublishedRule, ...]
    wording: Wording
    letters: FirmLetters


@dataclass(kw_only=True)
class FirmConfig:
    """The firm's rules and words as they are in force."""

    playbooks: Playbooks
    wording: Wording
    to_staff: Wording  # what is written to the firm's own people
    firm: Firm
    policy: Policy
    name: str
    channels: Mapping[str, MessageChannel]  # by name; new messages go by the first
    signature: Mapping[str, str] = field(default_factory=dict)  # address, phone, notices
    letters: FirmLetters
    days: DueDays = field(default_factory=DueDays)
    answer_within: int = 1  # business days, for a client who got in touch
    refusals_in_a_row: int = 10  # of our own sending, before everything is held; 0: never
    sample_settings: tuple[str, ...] = ()  # that clients must never see; with any, nothing goes
    mail_way: MailWay = field(default_factory=MailWay)
    sender: str = ""  # the running process that hands messages over: "<replica>:<start>"
    folder: Files = field(default_factory=dict)  # what the firm's folder said at the start
    edition: int = 0  # in force; 0: the folder, or what is shipped
    simulate_first: bool = False  # no change of rules is approved without its simulation
    folder_differs: bool = False  # from the edition in force

    def go_by(self, edition: int, rules: FirmRules, every: tuple[Rule, ...]) -> None:
        """From now on these rules and words are in force; ``every`` version that was published."""
        self.playbooks = Playbooks(tuple(each.rule for each in rules.published), every)
        self.wording, self.letters, self.edition = rules.wording, rules.letters, edition

    @property
    def usual_channel(self) -> str:
        """The channel by which a new message goes."""
        return next(iter(self.channels))

    def has_let_go(self, handed_by: str | None, until: datetime | None, now: datetime) -> bool:
        """Whether nobody can be at a claimed message any more."""
        return has_let_go(self.sender, handed_by, until, now)
