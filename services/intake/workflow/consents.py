"""A client agreed to be contacted, or no longer wants to be: what follows?"""

from collections.abc import Iterable

from services.intake.domain.consents import Consent, consent_key
from services.intake.domain.registers import stated
from services.intake.ports import CONSENTS
from shared.contracts import firm
from shared.contracts.envelope import Event
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.state.kinds import Need
from shared.state.unit import Unit


def needs_of_consent(
    event: Event[ConsentGranted] | Event[ConsentWithdrawn], _: Unit
) -> Iterable[Need]:
    """The client's last word about this purpose and channel."""
    data = event.data
    yield CONSENTS.one(consent_key(data.client_id, data.purpose, data.channel))


def take_consent(event: Event[ConsentGranted], unit: Unit) -> None:
    """Keep that the client agreed."""
    data = event.data
    word = Consent(client_id=data.client_id, purpose=data.purpose, channel=data.channel)
    _keep(word, event.stamp, unit, granted=True, basis=data.basis)


def take_withdrawal(event: Event[ConsentWithdrawn], unit: Unit) -> None:
    """Keep that the client no longer agrees."""
    data = event.data
    word = Consent(client_id=data.client_id, purpose=data.purpose, channel=data.channel)
    _keep(word, event.stamp, unit, granted=False, basis=None)


def needs_of_grants(client_id: str, grants: Iterable[firm.Consent]) -> Iterable[Need]:
    """The client's last words about the purposes of these grants."""
    return (CONSENTS.one(consent_key(client_id, g.purpose, g.channel)) for g in grants)


def grant_all(client_id: str, grants: Iterable[firm.Consent], stamp: str, unit: Unit) -> None:
    """Keep what a client agreed to when they were onboarded."""
    for grant in grants:
        word = Consent(client_id=client_id, purpose=grant.purpose, channel=grant.channel)
        _keep(word, stamp, unit, granted=True, basis=grant.basis)


def _keep(word: Consent, stamp: str, unit: Unit, *, granted: bool, basis: str | None) -> None:
    before = unit.get(CONSENTS, consent_key(word.client_id, word.purpose, word.channel))
    after = stated(before or word, {"granted": granted, "basis": basis}, stamp)
    if after != before:
        unit.put(CONSENTS, after)
