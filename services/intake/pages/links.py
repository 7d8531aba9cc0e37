"""Where do the links lead that stand in the firm's messages?

A token is derived from its purpose and id whenever it is needed and stored nowhere. An id for
unsubscribing names the purpose of the message too: ``feedback.c-1001``.
"""

import hmac
from collections.abc import Callable
from datetime import date

from services.intake.domain.asked_addresses import mailbox_of
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.preferences import WITHDRAWABLE
from services.intake.ports import INQUIRIES
from services.intake.settings import IntakeSettings
from shared.errors import RuleError
from shared.requests.links import LinkMaker
from shared.requests.tokens import make_token, read_token
from shared.state.unit_of_work import UnitOfWork

PREFERENCES, UNSUBSCRIBE, INQUIRY = "preferences", "unsubscribe", "inquiry"
RECEIVED, UNDERSTANDING = "received", "understanding"
CONFIRMATION, STORY = "inquiry-confirmation", "inquiry-story"


def link_makers(settings: IntakeSettings) -> list[LinkMaker]:
    """Answers reminders' questions for the links in and at the foot of messages."""
    return [
        _maker(PREFERENCES, lambda client_id: preferences_url(settings, client_id)),
        _maker(UNSUBSCRIBE, lambda wanted: _unsubscribe_url(settings, wanted)),
        _maker(CONFIRMATION, lambda wanted: _confirmation_url(settings, wanted)),
        _maker(UNDERSTANDING, lambda note_id: understanding_url(settings, note_id)),
        LinkMaker(
            STORY,
            needs=lambda wanted, _: [INQUIRIES.one(wanted)],
            url=lambda wanted, unit: _story_url(settings, wanted, unit),
        ),
    ]


def preferences_url(settings: IntakeSettings, client_id: str) -> str:
    """Where a client chooses how to be contacted."""
    return f"{settings.page_url()}/p/{make_token(settings.page_key, PREFERENCES, client_id)}"


def understanding_url(settings: IntakeSettings, note_id: str) -> str:
    """Where a client says whether the firm understood them."""
    return f"{settings.page_url()}/h/{make_token(settings.page_key, UNDERSTANDING, note_id)}"


def story_url(settings: IntakeSettings, inquiry: Inquiry) -> str | None:
    """Where somebody who used a form tells what it is about; a person of the firm sends it."""
    if inquiry.form is None:
        return None
    return settings.page_url() + inquiry_path(settings, inquiry.form, inquiry.inquiry_id)


def inquiry_path(settings: IntakeSettings, form: str, inquiry_id: str) -> str:
    """Where an inquirer goes on with the second step."""
    return f"/f/{form}/{make_token(settings.page_key, INQUIRY, inquiry_id)}"


def received_path(settings: IntakeSettings, form: str, by: date) -> str:
    """Where everybody is told that their inquiry came, and by which day the firm writes.

    It holds the day and nothing else: the same for whoever asks that day.
    """
    return f"/f/{form}/received/{make_token(settings.page_key, RECEIVED, by.isoformat())}"


def read_received(settings: IntakeSettings, token: str) -> date | None:
    """The day a token names, or None when it is not genuine."""
    day = read_token(settings.page_key, RECEIVED, token)
    return date.fromisoformat(day) if day is not None else None


def address_key(settings: IntakeSettings, address: str) -> str:
    """Under what an address is counted: nobody reads it from there."""
    mailbox = mailbox_of(address).encode()
    return hmac.new(settings.page_key, b"asked address\n" + mailbox, "sha256").hexdigest()[:40]


def confirmation_id(settings: IntakeSettings, form: str, inquiry_id: str, address: str) -> str:
    """What a link to confirm an address names: the form, the inquiry, and which address."""
    return f"{form}~{inquiry_id}~{address_key(settings, address)}"


def read_confirmation(settings: IntakeSettings, form: str, token: str) -> tuple[str, str] | None:
    """The inquiry and the key of the address, or None when the link is not genuine."""
    wanted = read_token(settings.page_key, CONFIRMATION, token)
    named, _, rest = (wanted or "").partition("~")
    inquiry_id, _, key = rest.partition("~")
    return (inquiry_id, key) if named == form and inquiry_id and key else None


def read_unsubscribing(settings: IntakeSettings, token: str) -> tuple[str, str] | None:
    """The purpose and the client a token unsubscribes, or None when it is not genuine."""
    wanted = read_token(settings.page_key, UNSUBSCRIBE, token)
    if wanted is None:
        return None
    purpose, _, client_id = wanted.partition(".")
    return (purpose, client_id) if purpose in WITHDRAWABLE and client_id else None


def _confirmation_url(settings: IntakeSettings, wanted: str) -> str:
    form = wanted.partition("~")[0]
    token = make_token(settings.page_key, CONFIRMATION, wanted)
    return f"{settings.page_url()}/f/{form}/confirm/{token}"


def _story_url(settings: IntakeSettings, inquiry_id: str, unit: UnitOfWork) -> str:
    inquiry = unit.get(INQUIRIES, inquiry_id)
    url = story_url(settings, inquiry) if inquiry is not None else None
    if url is None:
        raise RuleError("there is no such page", code="unknown-inquiry")
    return url


def _unsubscribe_url(settings: IntakeSettings, wanted: str) -> str:
    purpose, _, client_id = wanted.partition(".")
    if purpose not in WITHDRAWABLE or not client_id:
        raise RuleError("nobody unsubscribes from this", code="unknown-purpose")
    return f"{settings.page_url()}/u/{make_token(settings.page_key, UNSUBSCRIBE, wanted)}"


def _maker(purpose: str, url: Callable[[str], str]) -> LinkMaker:
    def made(wanted: str, _: UnitOfWork) -> str:
        return url(wanted)

    return LinkMaker(purpose, needs=lambda _, __: (), url=made)
