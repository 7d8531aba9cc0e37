"""What may stand in a field of an event?

Each kind of field is declared once: its shape, its size, and in REMEDIES the sentence that tells a
sender how to correct it.
"""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

D = TypeVar("D", bound=date)  # a day or an instant

KEY_PATTERN = r"^[A-Za-z0-9_-]{1,64}$"
LINE_PATTERN = r"^[^\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]*$"
PHONE_PATTERN = r"^[^\x00-\x1f\x7f-\x9f]*\d[^\x00-\x1f\x7f-\x9f]*$"
EMAIL_PATTERN = (
    r'^[^\s@<>()\[\],;:"\\\x00-\x20\x7f-\x9f]+'
    r'@[^\s@<>()\[\],;:"\\\x00-\x20\x7f-\x9f.]+(\.[^\s@<>()\[\],;:"\\\x00-\x20\x7f-\x9f.]+)+$'
)
LOCALE_PATTERN = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,7}$"
URL_PATTERN = r'^https?://[^\s\x00-\x20\x7f-\x9f<>"]+$'
HASH_PATTERN = r"^[0-9a-f]{64}$"
STATUS_PATTERN = r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
WALL_TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

REMEDIES = {
    KEY_PATTERN: "must be an id: 1 to 64 letters, digits, hyphens or underscores; of any other id "
    "use its key, h- and the first 40 hexadecimal digits of its SHA-256",
    LINE_PATTERN: "must be one line without control characters",
    PHONE_PATTERN: "must be a phone number without control characters",
    EMAIL_PATTERN: "must be one e-mail address, like name@example.com",
    LOCALE_PATTERN: "must be a BCP 47 locale, like en-GB",
    URL_PATTERN: "must be a web address that begins with http:// or https://",
    HASH_PATTERN: "must be a SHA-256 hash: 64 hexadecimal digits in lower case",
    STATUS_PATTERN: "must be an enhanced status of RFC 3463, like 5.1.1",
    MONTH_PATTERN: "must be a month, like 2026-11",
    WALL_TIME_PATTERN: "must be a time of day, like 09:30",
}

RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII
)
YEARS = range(1800, 2200)
YEARS_REMEDY = f"must lie in the years {YEARS[0]} to {YEARS[-1]}"
"""Delays and due times are counted from what is said: there has to be room around it."""
INSTANT_REMEDY = "must be an RFC 3339 instant with an offset, like 2026-11-23T09:30:00+01:00"
ZONES = frozenset(available_timezones())


def parse_instant(text: str) -> datetime:
    """The instant, in UTC, to the millisecond; raises ValueError on anything but RFC 3339, and on
    years no office counts with.
    """
    if not RFC_3339.fullmatch(text):
        raise ValueError(INSTANT_REMEDY)
    try:
        instant = datetime.fromisoformat(text.upper())
    except ValueError:
        raise ValueError(INSTANT_REMEDY) from None
    return in_utc(_within_reach(instant))


def _within_reach(said: D) -> D:
    if said.year not in YEARS:
        raise ValueError(YEARS_REMEDY)
    return said


def finer_than_a_millisecond(text: str) -> int:
    """The microseconds which an RFC 3339 instant names beyond its millisecond; 0 where none."""
    match = RFC_3339.fullmatch(text)
    fraction = match.group(1) if match else None
    return int(fraction[4:7].ljust(3, "0")) if fraction else 0


def in_utc(instant: datetime) -> datetime:
    """The same instant in UTC, cut to the millisecond (what MongoDB keeps)."""
    if instant.tzinfo is not UTC:
        instant = instant.astimezone(UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def wire_instant(instant: datetime) -> str:
    """The instant as it travels: RFC 3339, UTC, milliseconds."""
    return instant.isoformat(timespec="milliseconds")[:23] + "Z"


def _instant(value: Any) -> datetime:
    if isinstance(value, str):
        return parse_instant(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return in_utc(_within_reach(value))
    raise ValueError(INSTANT_REMEDY)


def read_day(text: str) -> date:
    """The day, as 2026-05-31; ValueError where there is none, or none an office counts with."""
    return _within_reach(date.fromisoformat(text))


def is_day(text: str) -> bool:
    """Whether there is such a day in the calendar."""
    try:
        read_day(text)
    except ValueError:
        return False
    return True


def _zone(name: str) -> str:
    if name not in ZONES:
        raise PydanticCustomError("zone", "must be an IANA time zone, like Europe/Berlin")
    return name


Instant = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(wire_instant, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An RFC 3339 instant with an offset, kept in UTC to the millisecond."""

Id = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
MOST_OF_A_FOREIGN_ID = 256
ForeignId = Annotated[
    str,
    StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=MOST_OF_A_FOREIGN_ID),
]
"""An id of another system, kept as it came; ``keys.key_of`` is what it is called in a subject."""
EventId = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=256)]
Label = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=80)]
"""A short word of the firm or of another system: a practice area, a site, a channel."""
Line = Annotated[str, StringConstraints(pattern=LINE_PATTERN, max_length=300)]
Sentence = Annotated[str, StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=500)]
"""A sentence Clientele itself wrote: never a name, address or free text of a client."""
Name = Annotated[
    str,
    StringConstraints(pattern=LINE_PATTERN, min_length=1, max_length=200, strip_whitespace=True),
]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Email = Annotated[
    str, StringConstraints(pattern=EMAIL_PATTERN, max_length=254, strip_whitespace=True)
]
"""One address; blanks around it are taken away, as they refuse nobody's mail."""
Phone = Annotated[str, StringConstraints(pattern=PHONE_PATTERN, max_length=320)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=2048)]
Locale = Annotated[str, StringConstraints(pattern=LOCALE_PATTERN)]
Zone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_zone)]
TextHash = Annotated[str, StringConstraints(pattern=HASH_PATTERN)]
MailStatus = Annotated[str, StringConstraints(pattern=STATUS_PATTERN)]
"""An enhanced status (RFC 3463), as the other mail system gave it."""
WallTime = Annotated[str, StringConstraints(pattern=WALL_TIME_PATTERN)]
"""A time of day on the client's own clock."""
Month = Annotated[str, StringConstraints(pattern=MONTH_PATTERN)]
"""A month of the firm's calendar."""
Whole = Annotated[int, Strict()]
Flag = Annotated[bool, Strict()]
Channel = Literal["email", "sms", "phone", "post"]
Purpose = Literal["service", "feedback", "marketing"]

Day = Annotated[
    date,
    AfterValidator(_within_reach),
    Field(description="A day of the firm's calendar, such as 2026-12-15."),
]

BirthDate = Annotated[date, Field(description="The day somebody was born, such as 1971-04-30.")]

Amount = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}([.][0-9]{1,2})?$")]
"""An amount of money in plain digits, such as 1250.00."""

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
"""A currency by ISO 4217, such as EUR."""
