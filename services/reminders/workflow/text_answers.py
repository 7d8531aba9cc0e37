"""A text message came in: is it a client's word about text messages, or is somebody to read it?

STOP, START and HELP are answered at once, whoever writes and whatever the hour: the answer says
nothing of whether the firm knows them. Every client of that number has said it. All else is a
contact that somebody has to answer; its words are kept sealed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from services.reminders.domain.card import Card
from services.reminders.domain.channel_order import SMS
from services.reminders.domain.phone_number import number_of
from services.reminders.domain.text_answer import LONGEST, TextAnswer
from services.reminders.domain.text_words import Wish, wish_in
from services.reminders.domain.unmet_wishes import language_of
from services.reminders.ports import CARDS, TEXT_ANSWERS
from services.reminders.workflow.client_cards import take_in
from services.reminders.workflow.firm_config import FirmConfig
from shared.contracts.firm import ClientContactLogged
from shared.contracts.intake import ConsentGranted, ConsentWithdrawn
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork

BASIS = "text message"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One text message as the provider told of it."""

    sid: str
    sender: str
    text: str


@dataclass(frozen=True)
class AnswerSteps:
    """The step for every text message that comes in."""

    config: FirmConfig

    def needs(self, incoming: Incoming, unit: ReadSoFar) -> Iterator[Need]:
        """Every client of that number, and whether the message was told of before."""
        number = number_of(incoming.sender)
        if number is None:
            return
        yield CARDS.by("phone", number)
        for card in unit.peek_all(CARDS, "phone", number):
            yield TEXT_ANSWERS.one(_id(incoming, card))

    def hear(self, incoming: Incoming, unit: UnitOfWork) -> str:
        """Take it in; what is written back, empty where nothing is."""
        number = number_of(incoming.sender)
        cards = unit.find(CARDS, "phone", number) if number is not None else []
        words = self.config.wording.text_words
        languages = [language_of(card.locale) for card in cards]
        wish = wish_in(incoming.text, words, languages)
        for card in cards:
            self._said(incoming, card, wish, unit)
        if wish is None or not words:
            return ""
        known = [*languages, self.config.wording.fallback, *sorted(words)]
        asked = (each for each in known if each in words and wish_in(
            incoming.text, {each: words[each]}) is wish)  # fmt: skip
        language = next(asked)
        phone = self.config.signature.get("firm_phone", "")
        return words[language].answer(wish, self.config.name, phone)

    def _said(self, incoming: Incoming, card: Card, wish: Wish | None, unit: UnitOfWork) -> None:
        client_id = card.client_id
        match wish:
            case Wish.STOP:
                if card.consented(["service"], SMS) is False:
                    return
                data: ConsentWithdrawn | ConsentGranted = ConsentWithdrawn(
                    client_id=client_id, purpose="all", channel=SMS, at=unit.now, by="client"
                )
            case Wish.START:
                if card.agreed("service", SMS) and card.consented(["service"], SMS):
                    return
                data = ConsentGranted(
                    client_id=client_id, purpose="service", channel=SMS, basis=BASIS,
                    at=unit.now, by="client",
                )  # fmt: skip
            case Wish.HELP:
                return
            case None:
                self._somebody_reads(incoming, card, unit)
                return
        take_in(unit.announce(data), client_id, unit)

    def _somebody_reads(self, incoming: Incoming, card: Card, unit: UnitOfWork) -> None:
        answer = TextAnswer(
            answer_id=_id(incoming, card), client_id=card.client_id, at=unit.now,
            text=incoming.text[:LONGEST],
        )  # fmt: skip
        if unit.add(TEXT_ANSWERS, answer):
            unit.announce(
                ClientContactLogged(
                    client_id=card.client_id, direction="in", channel="text message", at=unit.now
                )
            )


def _id(incoming: Incoming, card: Card) -> str:
    return f"{incoming.sid}.{card.client_id}"
