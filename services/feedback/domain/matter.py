"""Whose matter is it, and who may look into a complaint about it?

Other systems tell this piecemeal and in any order. Each fact is a register: the newest telling
wins, by the stamp of the event that told it. Nobody looks into their own matter.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.contracts.fields import wire_instant

MOST_OWNERS = 20  # of one matter: the latest are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What was told about a matter itself."""

    matter_id: str
    owner_id: str | None = None
    owner_stamp: str = ""
    owners: tuple[tuple[str, str | None], ...] = ()  # each with the stamp since when, in order
    practice_area: str | None = None
    area_stamp: str = ""
    closed_stamp: str = ""  # of the latest closing; empty: none was told
    reopened_stamp: str = ""  # of the latest time it was taken up again

    @property
    def taken_up_again(self) -> bool:
        """Whether it was closed before, and goes on now."""
        return self.reopened_stamp > self.closed_stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What was told about a client: language, clock, first matter and who looks after it.

    And when they were last asked how satisfied they are, about whatever matter.
    """

    client_id: str
    locale: str | None = None
    locale_stamp: str = ""
    chosen_locale: str | None = None  # the client's own word, before what the firm's systems say
    chosen_locale_stamp: str = ""
    timezone: str | None = None
    timezone_stamp: str = ""
    matter_id: str | None = None
    matter_stamp: str = ""
    owner_id: str | None = None
    owner_stamp: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Whose list it stands on; these roles may see to it (any fitting one if none is named),
    never these persons.
    """

    role: str
    roles: tuple[str, ...]
    barred: tuple[str, ...]


def with_owner(matter: Matter, owner_id: str | None, stamp: str) -> Matter:
    """The matter after this was told; an older telling changes only whose it was before."""
    owners = tuple(sorted({*matter.owners, (stamp, owner_id)}, key=lambda each: each[0]))
    matter = replace(matter, owners=owners[-MOST_OWNERS:])
    if stamp <= matter.owner_stamp:
        return matter
    return replace(matter, owner_id=owner_id, owner_stamp=stamp)


def with_area(matter: Matter, area: str, stamp: str) -> Matter:
    """The matter after its practice area was told; an older telling changes nothing."""
    if stamp <= matter.area_stamp:
        return matter
    return replace(matter, practice_area=area, area_stamp=stamp)


def owner_at(matter: Matter, at: datetime) -> str | None:
    """Whose the matter was at that instant; the first one known, of the time before."""
    if not matter.owners:
        return matter.owner_id
    limit = wire_instant(at).removesuffix("Z") + "~"  # sorts behind every stamp of this instant
    before = [owner for stamp, owner in matter.owners if stamp <= limit]
    return before[-1] if before else matter.owners[0][1]


def with_closing(matter: Matter, stamp: str) -> Matter:
    """The matter after it was closed; an older telling changes nothing."""
    return replace(matter, closed_stamp=max(stamp, matter.closed_stamp))


def with_reopening(matter: Matter, stamp: str) -> Matter:
    """The matter after it was taken up again; an older telling changes nothing."""
    return replace(matter, reopened_stamp=max(stamp, matter.reopened_stamp))


def with_facts(client: Client, told: dict[str, str | None], stamp: str) -> Client:
    """The client after these were told, each by its own stamp: any of their registers."""
    if "locale" in told and stamp > client.locale_stamp:
        client = replace(client, locale=told["locale"], locale_stamp=stamp)
    if "chosen_locale" in told and stamp > client.chosen_locale_stamp:
        client = replace(client, chosen_locale=told["chosen_locale"], chosen_locale_stamp=stamp)
    if "timezone" in told and stamp > client.timezone_stamp:
        client = replace(client, timezone=told["timezone"], timezone_stamp=stamp)
    if "matter_id" in told and stamp > client.matter_stamp:
        client = replace(client, matter_id=told["matter_id"], matter_stamp=stamp)
    if "owner_id" in told and stamp > client.owner_stamp:
        client = replace(client, owner_id=told["owner_id"], owner_stamp=stamp)
    return client


def locale_of(client: Client | None) -> str | None:
    """What the client reads: by their own choice, or else as the firm's systems say."""
    return (client.chosen_locale or client.locale) if client else None


def owner_of(matter: Matter, client: Client) -> str | None:
    """Who answers for the matter; the client's own record speaks for the matter it names."""
    if client.matter_id == matter.matter_id and client.owner_stamp > matter.owner_stamp:
        return client.owner_id
    return matter.owner_id


def responsible_for(
    matter: Matter, client: Client, *, sole_practice: bool = False, parties: tuple[str, ...] = ()
) -> Responsible:
    """Another partner, or anybody else but the matter's owner; partners while it is unknown.

    Nobody it is about (``parties``) either. In a sole practice there is nobody else: the owner may,
    under rules of their own.
    """
    if sole_practice:
        return Responsible(role="lawyer", roles=(), barred=())
    owner = owner_of(matter, client)
    known = (owner or client.owner_id,) if owner or client.owner_id else ()
    barred = tuple(dict.fromkeys((*(each for each in known if each), *parties)))
    return Responsible(role="partner", roles=() if owner else ("partner",), barred=barred)
