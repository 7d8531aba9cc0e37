"""What are the firm's letters, and may they be used as they are written?"""

from collections.abc import Iterable, Mapping

from services.reminders.domain.checked_texts import (
    Remark,
    refuse_unfit,
    remarks_on_letters,
    remarks_on_messages,
    try_out,
)
from services.reminders.domain.checks.every import REFUSING
from services.reminders.domain.checks.word_lists import WordList
from services.reminders.domain.edition_files import Files
from services.reminders.domain.message_texts import TextFile
from services.reminders.domain.short_texts import Bounds, remarks_on_texts
from services.reminders.domain.wording import Wording
from services.reminders.gateways.letter_files import read_letters, read_word_lists
from services.reminders.gateways.letter_pdf import PdfLetters
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.firm_config import FirmLetters

Messages = Mapping[str, Iterable[TextFile]]
"""The texts of messages, by language."""


def firm_letters(
    settings: RemindersSettings, own: Files, messages: Messages, wording: Wording
) -> FirmLetters:
    """The letters a person approves; TextError names what stands against any text of the firm.

    ``own``: the firm's own files.
    """
    texts, lists = read_letters(own, settings.profile), read_word_lists(own)
    refuse_unfit(
        [
            *remarks_on_letters(texts, lists, REFUSING),
            *remarks_on_messages(messages, lists, REFUSING),
            *_remarks_on_texts(settings, messages, wording, lists),
        ]
    )
    found = texts.texts.items()
    ready = wording.beside({f"{language}/{name}": each.text for (language, name), each in found})
    try_out(texts, ready)
    return FirmLetters(
        texts=texts,
        wording=ready,
        word_lists=lists,
        sole_practice=settings.alone(),
        printer=PdfLetters(settings.looks()),
    )


def remarks_on(
    settings: RemindersSettings, own: Files, messages: Messages, wording: Wording
) -> list[Remark]:
    """Everything noticed in the firm's texts: what refuses them, and what is only worth a look."""
    texts, lists = read_letters(own, settings.profile), read_word_lists(own)
    return [
        *remarks_on_letters(texts, lists),
        *remarks_on_messages(messages, lists),
        *_remarks_on_texts(settings, messages, wording, lists),
    ]


def _remarks_on_texts(
    settings: RemindersSettings, messages: Messages, wording: Wording,
    lists: Mapping[str, WordList],
) -> Iterable[Remark]:  # fmt: skip
    """What stands against text messages under the firm's law; without a word of law, none goes."""
    law = settings.law().text_messages
    if law is None:
        return []
    bounds = Bounds(
        facts=frozenset(law.facts), most=settings.sms_parts,
        firm=settings.firm_name, phone=settings.firm_phone,
    )  # fmt: skip
    return remarks_on_texts(messages, wording, bounds, lists)
