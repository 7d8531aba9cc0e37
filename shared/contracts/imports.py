"""What may the desk ask the gateway about a list that a person takes in, and what is it told?

The list comes in pieces (``piece``) and is then read (``read``): nothing of it is taken in before a
run was tried (``weigh``) and exactly that run confirmed (``confirm``), by its ``run``: a hash over
the file, what its columns mean, and since when it tells news. What stood in a cell is told to
nobody but the person who brought the list.
"""

from typing import Any, Literal

from pydantic import Field

from shared.contracts.requests import Answer, Asked

MOST_BYTES = 5 * 1024 * 1024  # of a list by the desk; larger ones come by the command line
PIECE = 240 * 1024  # bytes in one question: the broker takes 512 KiB
MOST_PIECES = -(-MOST_BYTES // PIECE)
LONGEST_PIECE = -(-PIECE // 3) * 4  # in base64
KEPT_HOURS = 24
MOST_KEPT = 10  # lists of one person at a time

Ask = Literal[
    "lists",
    "piece",
    "read",
    "show",
    "use",
    "columns",
    "weigh",
    "confirm",
    "rows",
    "refused",
    "drop",
    "mappings",
    "forget",
    "calendars",
    "read-calendar",
]


class ListAsked(Asked):
    """One question about a list; what it does not need is left out."""

    ask: Ask
    list_id: str | None = Field(None, max_length=128)
    kind: str | None = None  # read: what it lists
    file: str | None = Field(None, max_length=200)  # read: what the file is called
    number: int | None = Field(None, ge=0, lt=MOST_PIECES)  # piece: which one
    pieces: int | None = Field(None, ge=1, le=MOST_PIECES)  # read: how many there are
    content: str | None = Field(None, max_length=LONGEST_PIECE)  # piece: base64
    name: str | None = Field(None, max_length=64)  # of a mapping, or a calendar
    said: dict[str, Any] | None = None  # columns: as a mapping says it
    news_since: str | None = Field(None, max_length=10)  # weigh: a day; from it on it is news
    run: str | None = Field(None, max_length=64)  # confirm: exactly this
    after: int | None = Field(None, ge=0)  # rows, refused: how far it was told


class FieldRead(Answer):
    """One field of the list: from where it is read, and what else it may say."""

    name: str
    shape: str
    required: bool = False
    either: str = ""  # it may be missing where this other one stands
    words: list[str] = Field(default_factory=list)  # all it may say
    columns: list[str] = Field(default_factory=list)
    constant: str = ""
    prefix: str = ""
    values: dict[str, str] = Field(default_factory=dict)  # the list's word → ours
    found: list[str] = Field(default_factory=list)  # in its column, where these are few


class ColumnSeen(Answer):
    """One column: its heading, and what stands in its first cells."""

    name: str
    cells: list[str] = Field(default_factory=list)
    is_read: bool = False


class ListTold(Answer):
    """One list, how it is understood, and how far it is."""

    list_id: str
    kind: str
    name: str  # of the mapping
    file: str = ""
    state: str  # read, weighing, weighed, taking, taken
    found_by: str  # kept, folder, headings, chosen
    rows: int
    sheet: str = ""
    at: str  # when it came
    until: str  # when all of it goes
    ended_at: str | None = None
    stopped_at: str | None = None  # tried or taken in, and since then nothing has moved
    fields: list[FieldRead] = Field(default_factory=list)
    columns: list[ColumnSeen] = Field(default_factory=list)
    dates: str = ""
    decimal: str = ""
    country: str = ""
    zone: str = ""
    missing: list[str] = Field(default_factory=list)  # fields still to be said
    mappings: list[str] = Field(default_factory=list)  # others by which it can be read
    run: str = ""
    news_since: str = ""
    done: int = 0  # rows
    counts: dict[str, int] = Field(default_factory=dict)
    events: dict[str, int] = Field(default_factory=dict)


class ListsTold(Answer):
    """The lists of one person, the newest first; without their columns."""

    lists: list[ListTold]


class NoteOfRow(Answer):
    """Something about a field of a row; never what stands in it."""

    field: str
    column: str
    message: str


class RowTold(Answer):
    """A row that is worth a look: wrong, changed, or with a remark."""

    row: int
    what: str
    changed: list[str] = Field(default_factory=list)  # columns
    problems: list[NoteOfRow] = Field(default_factory=list)
    remarks: list[NoteOfRow] = Field(default_factory=list)


class RowsTold(Answer):
    """Some of them; ``next``: where the others begin."""

    rows: list[RowTold]
    next: int | None = None


class RefusedTold(Answer):
    """A part of the list of refused rows, as CSV in base64; ``next``: where it goes on."""

    content: str
    next: int | None = None


class MappingTold(Answer):
    """What the columns of such lists mean, and the text of its file in the firm's folder."""

    name: str
    kind: str
    found_by: str  # kept, folder
    at: str | None = None  # kept: since when
    by: str | None = None  # kept: who said it
    text: str


class MappingsKnown(Answer):
    """Every mapping lists are read by, by name."""

    mappings: list[MappingTold]


class ListDone(Answer):
    """It was done."""

    list_id: str


class CalendarRead(Answer):
    """One calendar that is read at its address: what is set, how far it is, what it held."""

    name: str
    host: str = ""  # of its address, which is a secret; empty: it has none
    every: str
    ahead: str
    back: str
    zone: str = ""  # of what names none; empty: the calendar's own, or the firm's
    client: list[str]  # where it stands whose an appointment is: property:X, category:X, attendee
    client_prefix: str = ""
    matter: list[str]
    kind: list[str]
    otherwise: str
    own: list[str] = Field(default_factory=list)
    tentative: bool = False
    missing_at_most: int
    silent_after: int  # seconds
    looked_at: str | None = None  # when it was fetched last, changed or not
    read_at: str | None = None  # when it was last read whole
    next_at: str | None = None
    appointments: int = 0  # that are known of it
    left_out: int = 0  # entries that name no client
    unmatched: int = 0  # entries that name nobody known, or cannot be read
    said: list[str] = Field(default_factory=list)  # why, of the first of these
    problem: str = ""  # why it could not be read, or is not believed


class CalendarsTold(Answer):
    """Every calendar that is read at its address, by name."""

    calendars: list[CalendarRead]
