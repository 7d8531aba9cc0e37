"""When is somebody who asked for help written to, and at which address?

First a letter without a word of what was typed asks whether the address is theirs, rarely to any
one address, so that nobody can have others written to. What follows goes only where they said yes:
that the inquiry came, then, when a person of the firm says so, that they may tell what it is about,
or that the firm does not act. None of it depends on whom the firm knows.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from services.intake.domain.asked_addresses import AskedAddress, may_be_asked, now_asked
from services.intake.domain.correspondence import given_away
from services.intake.domain.inquiries import Inquiry
from services.intake.domain.letter_texts import LetterText, in_language
from services.intake.ports import ASKED_ADDRESSES, INQUIRIES, FirmConfig
from shared.contracts.intake import InquirerLetterDue
from shared.contracts.keys import id_made_of
from shared.errors import RuleError
from shared.state.document_types import Need
from shared.state.unit_of_work import UnitOfWork

LINK = "{link}"  # filled in by whoever hands the letter over: no token is kept
Letter = Literal["confirmation", "received", "invitation", "declined"]


def needs_of_asking(address_key: str | None) -> Iterable[Need]:
    """How often this address was asked lately."""
    if address_key is not None:
        yield ASKED_ADDRESSES.one(address_key)


def ask_for_confirmation(
    config: FirmConfig, inquiry_id: str, address: str, address_key: str, locale: str, link_id: str,
    unit: UnitOfWork,
) -> None:  # fmt: skip
    """Ask whether the address is theirs, unless it was asked a day ago or often lately."""
    before = unit.get(ASKED_ADDRESSES, address_key) or AskedAddress(address_key=address_key)
    if not may_be_asked(before, unit.now):
        return
    unit.put(ASKED_ADDRESSES, now_asked(before, unit.now))
    text = in_language(config.letters, locale).confirmation
    filled = text.filled(firm=config.name, link=LINK)
    _write("confirmation", inquiry_id, address, locale, filled, link_id, unit)


def needs_of_confirming(inquiry_id: str) -> Iterable[Need]:
    """The inquiry."""
    yield INQUIRIES.one(inquiry_id)


def confirm_address(config: FirmConfig, inquiry_id: str, by: str, unit: UnitOfWork) -> None:
    """The address is theirs: they hear that the inquiry came; saying so twice says it once.

    ``by``: the day by which the firm answers, in words.
    """
    inquiry = unit.get(INQUIRIES, inquiry_id)
    if inquiry is None or inquiry.email is None or inquiry.confirmed_email == inquiry.email:
        return
    confirmed = replace(inquiry, confirmed_email=inquiry.email)
    unit.put(INQUIRIES, write_to(config, confirmed, "received", unit, day=by))


def write_to(
    config: FirmConfig, inquiry: Inquiry, letter: Letter, unit: UnitOfWork, *, day: str = "",
    by: str | None = None,
) -> Inquiry:  # fmt: skip
    """Have a letter of the firm sent to the address they confirmed; the inquiry that notes it.

    ``by``: who decided it, and is told where it does not go.
    """
    if inquiry.email is None:
        raise RuleError("There is no e-mail address to write to.", code="no-address")
    texts = in_language(config.letters, inquiry.locale)
    text: LetterText = getattr(texts, letter)
    filled = text.filled(
        greeting=texts.greetings.of(inquiry.name), name=inquiry.name or "", firm=config.name,
        link=LINK, day=day, caution=config.caution.get(texts.language, ""),
    )  # fmt: skip
    link_id = inquiry.inquiry_id if letter == "invitation" else ""
    letter_id = _write(
        letter, inquiry.inquiry_id, inquiry.email, inquiry.locale or "en", filled, link_id, unit
    )
    return given_away(inquiry, letter_id, letter, by, unit.now)


def is_confirmed(inquiry: Inquiry) -> bool:
    """Whether somebody said that the address is theirs, and mail to it arrives as far as known."""
    known = inquiry.email is not None and inquiry.confirmed_email == inquiry.email
    return known and inquiry.unusable_email != inquiry.email


def check_confirmed(inquiry: Inquiry) -> None:
    """Refuse to write by ourselves where nobody said the address is theirs, or nothing arrives."""
    if inquiry.email is not None and inquiry.unusable_email == inquiry.email:
        raise RuleError(
            "Mail to their address does not arrive: write to them another way.",
            code="address-unusable",
        )
    if not is_confirmed(inquiry):
        raise RuleError(
            "They have not confirmed their address: write to them yourself.", code="not-confirmed"
        )


def _write(
    letter: Letter, inquiry_id: str, address: str, locale: str, text: LetterText, link_id: str,
    unit: UnitOfWork,
) -> str:  # fmt: skip
    """Announce the letter, and say under which id what became of it will be heard."""
    link = {"confirmation": "intake/inquiry-confirmation", "invitation": "intake/inquiry-story"}
    letter_id = id_made_of("il", inquiry_id, letter, unit.cause.source, unit.cause.id)
    unit.announce(
        InquirerLetterDue(
            letter_id=letter_id,
            inquiry_id=inquiry_id,
            letter=letter,
            address=address,
            subject=text.subject,
            body=text.body,
            locale=locale,
            link=link.get(letter),
            link_id=link_id or None,
        )
    )
    return letter_id
