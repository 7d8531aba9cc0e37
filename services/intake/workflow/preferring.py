"""A client chose how to be contacted, or unsubscribed: what follows?

Everything chosen on one form holds together: one transaction, and one event per thing that really
changed. Choosing the same again says nothing.
"""

from collections.abc import Collection, Iterable, Sequence

from services.intake.domain.clients import Client, prefers
from services.intake.domain.consents import Consent
from services.intake.domain.preferences import (
    FEEDBACK,
    LANGUAGES,
    MARKETING,
    SERVICE,
    TEXTS,
    WITHDRAWABLE,
    Hours,
    Language,
    Preferences,
    changed,
    preferences_of,
)
from services.intake.ports import CLIENTS, CONSENTS
from services.intake.workflow.consents import needs_of_own_words, say_no, say_yes
from shared.contracts.fields import Purpose
from shared.contracts.intake import ClientPreferencesUpdated
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork

BASIS = "preferences page"
PURPOSES: dict[str, Purpose] = {FEEDBACK: "feedback", MARKETING: "marketing"}


def needs_of_preferences(client_id: str) -> Iterable[Need]:
    """The client, and everything ever said about their consents."""
    yield CLIENTS.one(client_id)
    yield from needs_of_own_words(client_id, WITHDRAWABLE)
    yield from needs_of_own_words(client_id, [SERVICE], TEXTS)


def known_client(client_id: str, unit: UnitOfWork) -> tuple[Client, list[Consent]] | None:
    """The client and the words about their consents; None for strangers and erased persons."""
    client = unit.get(CLIENTS, client_id)
    if client is None or client.erased:
        return None
    return client, unit.find(CONSENTS, "client", client_id)


def choose(
    client_id: str, wanted: Preferences, offered: Sequence[str], firm: Hours, unit: UnitOfWork,
    consent_first: Collection[str] = (MARKETING,), languages: Collection[Language] = LANGUAGES,
) -> None:  # fmt: skip
    """Keep what the client chose, and announce what changed."""
    known = known_client(client_id, unit)
    if known is None:
        raise RuleError("There is no such client.", code="unknown-client")
    client, words = known
    before = preferences_of(client, words, offered, firm, consent_first, languages)
    changes = changed(before, wanted)
    if changes:
        said = unit.announce(ClientPreferencesUpdated(client_id=client_id, at=unit.now, **changes))
        unit.put(CLIENTS, prefers(client, changes, said.stamp))
        if changes.get("preferred_channel") == TEXTS:  # and takes a STOP of theirs back
            say_yes(client_id, "service", BASIS, unit, TEXTS)
    for purpose, was, now in (
        (FEEDBACK, before.feedback, wanted.feedback),
        (MARKETING, before.marketing, wanted.marketing),
    ):
        if now and not was:
            say_yes(client_id, PURPOSES[purpose], BASIS, unit)
        elif was and not now:
            say_no(client_id, PURPOSES[purpose], unit)


def needs_of_unsubscribing(client_id: str, purpose: str) -> Iterable[Need]:
    """Everything ever said about the client's consents."""
    return needs_of_own_words(client_id, [purpose])


def unsubscribe(client_id: str, purpose: str, unit: UnitOfWork) -> None:
    """The client wants no more messages of this purpose."""
    say_no(client_id, PURPOSES[purpose], unit)
