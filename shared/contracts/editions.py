"""What may the desk ask reminders about the firm's rules and words, and what is it told?

``look`` tells every rule in words, and where it comes from; ``text`` a message as it is written
and as it reads. ``edit-rule`` and ``edit-text`` change the asker's own draft, ``propose`` gives it
a number, ``approve`` puts it into force. ``simulate`` lets a draft or proposal hear the firm's past
(``simulations.py``). Firm's texts travel in these answers and in no event.
"""

from typing import Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked
from shared.contracts.simulations import SimulationState

Ask = Literal[
    "look", "text", "editions", "edition", "edit-rule", "edit-text", "discard", "take-in", "again",
    "propose", "approve", "reject", "simulate", "simulation", "cancel-simulation", "values",
    "edit-values", "files", "file", "edit-file", "new-language", "looks", "edit-looks",
]  # fmt: skip
State = Literal["draft", "proposed", "approved", "rejected", "superseded"]
DRAFT, IN_FORCE = "draft", "in-force"


class EditionsAsked(Asked):
    """One question about editions; what it does not need is left out."""

    ask: Ask
    edition: str | None = None  # its number; else the asker's draft, or what is in force
    rule_id: str | None = None
    off: bool = False  # edit-rule: it is switched off
    as_shipped: bool = False  # edit-rule, edit-text: the firm's change goes; edit-looks: the logo
    parts: dict[str, str] = Field(default_factory=dict)  # edit-rule: offset, time, valid-until, …
    language: str | None = None
    message: str | None = None  # the name of a text
    text: str | None = None
    seen: str | None = None  # edit-text: the hash of the text that was shown
    place: str | None = None  # file, edit-file: of the file in the firm's folder
    values: dict[str, str] = Field(default_factory=dict)  # edit-values: by place, office.zone
    picture: str | None = None  # edit-looks: a logo, in base64; else it stays
    shows: Literal["mail", "letter"] | None = None  # looks: what is to be seen in them
    values_seen: dict[str, str] = Field(default_factory=dict)  # edit-values: each as it was shown
    content_hash: str | None = None  # propose, approve: of all that was shown
    days: int = 30  # simulate: how far to look back
    note: str = ""
    why: str = ""
    request_id: str | None = None  # propose: asked twice, proposed once


class RuleInWords(Answer):
    """One rule: what it does as a sentence, and what a form may change of it."""

    rule_id: str
    playbook: str
    version: int
    sentence: str
    order: float  # along the life of whatever it follows: days from its beginning
    standing: Literal["shipped", "changed", "added", "off"]
    where: str | None = None  # the firm's file and line that say so
    parts: dict[str, str] = Field(default_factory=dict)  # as they are
    shipped: dict[str, str] = Field(default_factory=dict)  # as they are without the firm's change
    message: str | None = None  # the text it sends
    changed: bool = False  # in this draft, against what is in force


class TextListed(Answer):
    """One message in one language."""

    message: str
    language: str
    standing: Literal["shipped", "changed", "added", "missing"]
    changed: bool = False  # in this draft, against what is in force


class FileChangeShown(Answer):
    """One file that is otherwise, with its lines as ``diff -u`` writes them."""

    place: str
    what: Literal["new", "changed", "gone"]
    lines: tuple[str, ...]
    was: str = ""  # of a picture, which has no lines: its base64
    now: str = ""


class EditionShown(Answer):
    """An edition, a proposal or a draft. Instants are ISO 8601."""

    edition: str  # its number, or draft
    number: int
    state: State
    by: str
    at: str
    base: int
    content_hash: str
    note: str = ""
    why: str = ""
    decided_by: str | None = None
    decided_at: str | None = None
    from_at: str | None = None
    alone: bool = False  # a sole practice: who proposed it may approve it, later and with a reason
    stale: str | None = None  # proposed or draft: why it cannot go on as it is
    changes: list[FileChangeShown] = Field(default_factory=list)  # against what it was made from
    since: list[FileChangeShown] = Field(default_factory=list)  # stale: what changed meanwhile
    both: tuple[str, ...] = ()  # take-in: files that both changed; the draft's were kept
    findings: tuple[str, ...] = ()  # worth a look: nothing that keeps it from coming into force
    simulation: SimulationState | None = None
    task_id: str = ""  # proposed: while somebody is asked to look at it
    looks: bool = False  # it has pages, mails and letters look otherwise


class InForce(Answer):
    """Which edition is in force."""

    number: int  # 0: the folder, or what is shipped
    from_at: str | None = None
    folder_differs: bool = False
    by_folder: bool = False  # the folder holds by a setting, whatever was approved
    folder_files: int = 0


class UpgradeShown(Answer):
    """What the firm changed, and a release after it too; the firm's stays."""

    rule_id: str | None = None
    language: str | None = None
    message: str | None = None
    yours: str  # empty: switched off
    then: str  # shipped when yours was approved
    now: str  # shipped by this release; empty: it has it no more
    place: str | None = None  # of a file that is no rule and no message


class StudioTold(Answer):
    """Every rule and text, as they are in force or in the asker's draft."""

    in_force: InForce
    draft: EditionShown | None = None
    rules: list[RuleInWords]
    texts: list[TextListed]
    proposals: list[EditionShown] = Field(default_factory=list)
    upgraded: list[UpgradeShown] = Field(default_factory=list)


class TextShown(Answer):
    """A message as it is written, and as it reads for a made-up client."""

    message: str
    language: str
    text: str
    seen: str  # its hash
    own: bool  # the firm's, not the shipped one
    shipped: str | None = None
    words: tuple[str, ...] = ()  # what it may use
    subject_line: str | None = None  # None: it cannot be worded; findings say why
    plain: str | None = None
    html: str | None = None
    findings: tuple[str, ...] = ()


class ValueShown(Answer):
    """One value of the firm; empty: as shipped."""

    place: str  # in firm.toml: office.zone
    section: str
    means: str
    kind: Literal["text", "number", "yes-no", "list", "names", "table"]
    said: str  # in the asker's draft
    in_force: str
    shipped: str
    changed: bool = False
    least: str = ""  # of a decision: who makes it at least, and by what


class ValuesTold(Answer):
    """Every value a form can say, in the asker's draft."""

    in_force: InForce
    values: list[ValueShown]
    mistakes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what the environment of a machine overrules
    away: tuple[str, ...] = ()  # services that do not answer


class FileListed(Answer):
    """One file the firm has otherwise than shipped."""

    place: str
    changed: bool = False  # in this draft, against what is in force


class FilesTold(Answer):
    """Every file of the asker's draft."""

    files: list[FileListed]
    kinds: str  # which there can be
    letters: tuple[str, ...] = ()  # shipped ones that the draft has not otherwise


class FileShown(Answer):
    """One file as it is written; where the firm has none, the shipped one."""

    place: str
    text: str
    seen: str  # its hash
    own: bool
    shipped: str | None = None
    findings: tuple[str, ...] = ()


class LooksShown(Answer):
    """How the firm looks; what is empty is as shipped."""

    logo: str = ""  # a PNG picture, in base64
    width: int = 0
    height: int = 0
    colour: str = ""
    colour_dark: str = ""


class LooksTold(Answer):
    """How the firm would look by a draft or an edition, and by what that was made from."""

    in_force: InForce
    edition: str  # its number, or draft
    state: State
    looks: LooksShown
    before: LooksShown
    seen: str  # the hash of the logo
    elsewhere: str = ""  # a logo that stands outside the firm's folder, and in no edition
    mail: str | None = None  # a mail as it looks
    letter: str | None = None  # a printed letter, a PDF file in base64


class EditionsListed(Answer):
    """Every edition and proposal, the newest first, without what they change."""

    in_force: InForce
    editions: list[EditionShown]


class EditionDone(Answer):
    """What was asked for is done."""

    edition: EditionShown
