"""A client agreed to be contacted, or no longer wants to be: what follows?"""

from collections.abc import Iterable

from services.intake.domain.consents import EMAIL, Consent, agreed, consent_key, refused_themselves
from services.intake.domain.registers import stated
from services.intake.ports import CONSENTS
from shared.contracts import firm
from shared.contracts.envelope import Event
from shared.contracts.event import stamp_of
from shared.contracts.fields import Channel, Purpose
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

CLIENT = "client"
UNDATED = "0"  # sorts before every date

ConsentEvent = Event[ConsentGranted] | Event[ConsentWithdrawn]


def needs_of_consent(event: ConsentEvent, _: ReadSoFar) -> Iterable[Need]:
    """The last word about this purpose and channel, by the same side."""
    data = event.data
    own = data.by == CLIENT
    yield CONSENTS.one(consent_key(data.client_id, data.purpose, data.channel, own=own))


def take_consent(event: Event[ConsentGranted], unit: UnitOfWork) -> None:
    """Keep that the client agreed."""
    _keep(_word(event), event.stamp, unit, granted=True, basis=event.data.basis)


def take_withdrawal(event: Event[ConsentWithdrawn], unit: UnitOfWork) -> None:
    """Keep that the client no longer agrees."""
    _keep(_word(event), event.stamp, unit, granted=False, basis=None)


def needs_of_grants(client_id: str, grants: Iterable[firm.Consent]) -> Iterable[Need]:
    """The client's last words about the purposes of these grants."""
    return (CONSENTS.one(consent_key(client_id, g.purpose, g.channel)) for g in grants)


def grant_all(
    event: Event[firm.ClientOnboarded] | Event[firm.ClientUpdated], unit: UnitOfWork
) -> None:
    """Keep what a client is said to have agreed to, each by when it was given.

    A list may be a repetition: without that date it undoes no withdrawal, whoever noted it.
    """
    client_id = event.data.client_id
    for grant in event.data.consents or ():
        given = grant.given_at
        stamp = stamp_of(given, event.source, event.id) if given else UNDATED
        word = Consent(client_id=client_id, purpose=grant.purpose, channel=grant.channel)
        _keep(word, stamp, unit, granted=True, basis=grant.basis)


def needs_of_own_words(
    client_id: str, purposes: Iterable[str], channel: Channel | None = None
) -> Iterable[Need]:
    """Everything ever said about the client's consents, and their own words on these purposes."""
    yield CONSENTS.by("client", client_id)
    for purpose in purposes:
        yield CONSENTS.one(consent_key(client_id, purpose, channel, own=True))


def say_yes(
    client_id: str, purpose: Purpose, basis: str, unit: UnitOfWork, channel: Channel | None = None
) -> None:
    """The client themselves agree, by this channel or by every one."""
    if agreed(_words(client_id, unit), purpose, channel or EMAIL) is not True:
        data = ConsentGranted(
            client_id=client_id, purpose=purpose, channel=channel, basis=basis, at=unit.now,
            by="client",
        )  # fmt: skip
        take_consent(unit.announce(data), unit)


def say_no(client_id: str, purpose: Purpose, unit: UnitOfWork) -> None:
    """The client themselves no longer agree; saying so twice is saying it once."""
    own = [each for each in _words(client_id, unit) if each.purpose == purpose]
    if not refused_themselves(own):
        data = ConsentWithdrawn(client_id=client_id, purpose=purpose, at=unit.now, by="client")
        take_withdrawal(unit.announce(data), unit)


def _words(client_id: str, unit: UnitOfWork) -> list[Consent]:
    return unit.find(CONSENTS, "client", client_id)


def _word(event: ConsentEvent) -> Consent:
    data = event.data
    return Consent(
        client_id=data.client_id,
        purpose=data.purpose,
        channel=data.channel,
        own=data.by == CLIENT,
    )


def _keep(word: Consent, stamp: str, unit: UnitOfWork, *, granted: bool, basis: str | None) -> None:
    key = consent_key(word.client_id, word.purpose, word.channel, own=word.own)
    before = unit.get(CONSENTS, key)
    after = stated(before or word, {"granted": granted, "basis": basis}, stamp)
    if after != before:
        unit.put(CONSENTS, after)
