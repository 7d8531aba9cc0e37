"""Who is the client, and how may they be reached?

The contact card gathers what events say of a client. Every field is the latest statement by event
stamp, whatever the order in which the statements arrive. An erased person's card has no name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from services.reminders.domain.lawyer import Lawyer
from services.reminders.domain.phone_number import number_of
from services.reminders.domain.staff_hold import StaffHold, places_over

FIELDS = (
    "name", "email", "phone", "timezone", "locale", "preferred_channel", "quiet_from", "quiet_to",
    "imported", "salutation", "form_of_address", "family_name", "preferred_name", "contact_person",
    "name_order",
)  # fmt: skip
NEUTRAL = frozenset({"conflict", "declined", "legal-hold", "deceased", "insider", "freeze"})
"""The kinds that may keep a client from being asked for a review: none of them says, or follows
from, how content they are (16 CFR 465: no sorting of who is asked)."""
REVIEW_ASK = "review-ask"
STRICTEST = ("stop", "person-first", "wait")
ANY = "any"
ALL = "all"
UNDATED = "0"  # sorts before every date: a grant of which nobody says when it was given
OWN = "~"  # sorts after every date: what clients chose themselves is changed by nobody else


@dataclass(frozen=True, slots=True)
class Statement:
    """One yes or no, and the stamp of the event that said it."""

    stamp: str
    yes: bool
    again: bool = False  # of a matter: it had been closed before


@dataclass(frozen=True, slots=True, kw_only=True)
class Restriction:
    """What must not be done about the client or one of their matters, and since when by stamp."""

    stamp: str
    kind: str = ""
    effect: str = ""  # wait, stop, person-first; empty: lifted
    matter_id: str | None = None  # None: the client as such
    classes: tuple[str, ...] = ()  # of messages; none named: all
    until: datetime | None = None

    def forbids(self, message_class: str, matter_id: str | None, now: datetime) -> bool:
        """Whether it speaks against a message of this class about this matter."""
        if not self.effect or (self.until is not None and now >= self.until):
            return False
        if self.matter_id is not None and self.matter_id != matter_id:
            return False
        if message_class == REVIEW_ASK and self.kind not in NEUTRAL:
            return False
        return not self.classes or message_class in self.classes


def strictest(found: Iterable[Restriction | None]) -> Restriction | None:
    """The strictest of these; None where there is none."""
    there = [each for each in found if each is not None]
    return min(there, key=lambda each: STRICTEST.index(each.effect), default=None)


@dataclass(frozen=True, slots=True)
class Owner:
    """The lawyer responsible, and the stamp of the event that said so."""

    stamp: str
    staff_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What reminders knows of one client."""

    client_id: str
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    timezone: str | None = None
    locale: str | None = None
    preferred_channel: str | None = None
    salutation: str | None = None
    form_of_address: str | None = None  # mr, ms, neutral, organisation
    family_name: str | None = None
    name_order: str | None = None  # given-first, family-first
    preferred_name: str | None = None
    contact_person: str | None = None
    quiet_from: str | None = None  # the client's own quiet hours, by their clock
    quiet_to: str | None = None
    imported: bool = False  # known from an import of the past, not newly welcomed
    stamps: dict[str, str] = field(default_factory=dict)
    consents: dict[str, Statement] = field(
        default_factory=dict
    )  # "purpose/channel", and "~" of own
    matters: dict[str, Statement] = field(default_factory=dict)  # open or not
    restrictions: dict[str, Restriction] = field(default_factory=dict)  # by restriction_id
    owners: dict[str, Owner] = field(default_factory=dict)  # by matter; "": of the client as such
    lawyers: dict[str, Lawyer] = field(default_factory=dict)  # by their staff_id
    holds: dict[str, StaffHold] = field(default_factory=dict)  # by place_of

    @property
    def erased(self) -> bool:
        """Whether the name was known once and is gone with the person's key."""
        return self.name is None and "name" in self.stamps

    @property
    def numbers(self) -> list[str]:
        """The number a text message goes to, and comes from, as a look-up."""
        number = number_of(self.phone)
        return [number] if number is not None else []

    @property
    def known(self) -> bool:
        """Whether the client can be addressed by name."""
        return self.name is not None

    @property
    def open_matters(self) -> list[str]:
        """The ids of the client's open matters."""
        return sorted(matter_id for matter_id, said in self.matters.items() if said.yes)

    @property
    def held_up(self) -> bool:
        """Whether anything forbids messages to the client, or about any of their matters."""
        return any(each.effect for each in self.restrictions.values())

    @property
    def wants_calls(self) -> bool:
        """Whether the client chose themselves to be called; what the firm noted is only a hint."""
        chosen = self.stamps.get("preferred_channel", "").startswith(OWN)
        return chosen and self.preferred_channel == "phone" and self.phone is not None

    def with_fields(self, values: Mapping[str, Any], stamp: str, *, own: bool = False) -> "Card":
        """The card after an event that states these fields; older statements change nothing."""
        stamp = OWN + stamp if own else stamp
        changes: dict[str, Any] = {}
        stamps = dict(self.stamps)
        for name in FIELDS:
            if name in values and stamp > stamps.get(name, ""):
                changes[name] = values[name]
                stamps[name] = stamp
        if not changes:
            return self
        return replace(self, stamps=stamps, **changes)

    def with_consent(
        self, purpose: str, channel: str | None, stamp: str, *, yes: bool, own: bool = False
    ) -> "Card":
        """The card after somebody consented or withdrew."""
        place = f"{purpose}/{channel or ANY}"
        consents = _heard(self.consents, place, stamp, yes=yes)
        if own:
            consents = _heard(consents, OWN + place, stamp, yes=yes)
        return replace(self, consents=consents) if consents is not self.consents else self

    def with_matter(
        self, matter_id: str, stamp: str, *, is_open: bool, again: bool = False
    ) -> "Card":
        """The card after a matter was opened, closed, or taken up again."""
        matters = _heard(self.matters, matter_id, stamp, yes=is_open, again=again)
        return replace(self, matters=matters) if matters is not self.matters else self

    def with_owner(self, matter_id: str | None, staff_id: str | None, stamp: str) -> "Card":
        """The card after somebody became responsible for a matter, or for the client as such."""
        key = matter_id or ""
        before = self.owners.get(key)
        if before is not None and before.stamp >= stamp:
            return self
        return replace(self, owners={**self.owners, key: Owner(stamp, staff_id)})

    def with_lawyer(self, staff_id: str, name: str, phone: str | None, stamp: str) -> "Card":
        """The card after somebody said what a lawyer in charge is called."""
        before = self.lawyers.get(staff_id)
        if before is not None and before.stamp >= stamp:
            return self
        return replace(self, lawyers={**self.lawyers, staff_id: Lawyer(stamp, name, phone)})

    def lawyer_of(self, matter_id: str | None) -> Lawyer | None:
        """Who is in charge of this matter, where their name is known."""
        return self.lawyers.get(self.owner_of(matter_id) or "")

    def owner_of(self, matter_id: str | None) -> str | None:
        """Who is responsible for this matter; of none, or one nobody knows, for the client's only
        open one, or for the client.
        """
        only = self.open_matters[0] if len(self.open_matters) == 1 else None
        for key in (matter_id, only if matter_id is None else None, ""):
            said = self.owners.get(key) if key is not None else None
            if said is not None:
                return said.staff_id
        return None

    def with_restriction(self, restriction_id: str, said: Restriction) -> "Card":
        """The card after a restriction was placed or lifted; the newest word on it holds."""
        before = self.restrictions.get(restriction_id)
        if before is not None and before.stamp >= said.stamp:
            return self
        return replace(self, restrictions={**self.restrictions, restriction_id: said})

    def restricted(
        self, message_class: str, matter_id: str | None, now: datetime
    ) -> Restriction | None:
        """The strictest restriction that speaks against such a message now."""
        placed = self.restrictions.values()
        return strictest(each for each in placed if each.forbids(message_class, matter_id, now))

    def with_hold(self, place: str, hold: StaffHold | None) -> "Card":
        """The card after somebody of the firm held messages back there, or released them."""
        others = {name: each for name, each in self.holds.items() if name != place}
        return replace(self, holds=others if hold is None else {**others, place: hold})

    def hold_over(self, occurrence_id: str, matter_id: str | None) -> tuple[str, StaffHold] | None:
        """What keeps this message back, and where that is kept; the narrowest hold."""
        places = places_over(occurrence_id, matter_id)
        return next(((each, self.holds[each]) for each in places if each in self.holds), None)

    def consented(self, purposes: Iterable[str], channel: str) -> bool | None:
        """The latest word on these purposes by this channel: yes, no, or None for nothing said.

        A general opt-out and a specific opt-in compete by time alone: the newer one holds. Only the
        client takes back an opt-out of their own.
        """
        places = [f"{p}/{c}" for p in (*purposes, ALL) for c in (channel, ANY)]
        if self._latest(OWN + place for place in places) is False:
            return False
        return self._latest(places)

    def agreed(self, purpose: str, channel: str) -> bool:
        """Whether the client agreed to this purpose by this very channel, as last said."""
        said = self.consents.get(f"{purpose}/{channel}")
        return said is not None and said.yes

    def _latest(self, places: Iterable[str]) -> bool | None:
        said = [self.consents[place] for place in places if place in self.consents]
        return max(said, key=lambda each: each.stamp).yes if said else None


def _heard(
    register: dict[str, Statement], key: str, stamp: str, *, yes: bool, again: bool = False
) -> dict[str, Statement]:
    before = register.get(key)
    if before is not None and before.stamp >= stamp:
        return register
    return {**register, key: Statement(stamp, yes, again)}
