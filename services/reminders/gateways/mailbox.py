"""Which mailbox is read, and by what is mail of our own known there?"""

from collections.abc import Callable
from email.utils import parseaddr
from pathlib import Path

from services.reminders.domain.mail_address import normal_address, read_address
from services.reminders.domain.mail_words import MailWords
from services.reminders.gateways.imap_mailbox import ImapMailbox, MailboxServer
from services.reminders.gateways.mail_reading import Ours
from services.reminders.gateways.mail_tokens import MailTokens
from services.reminders.gateways.mailbox_watch import MailboxWatch
from services.reminders.gateways.return_path import ReturnPaths
from services.reminders.settings import RemindersSettings
from services.reminders.workflow.firm_config import FirmConfig
from shared.yaml_text import loaded

WORDS = Path(__file__).parent.parent / "incoming_mail_words.yaml"
MIB = 1024 * 1024


def mailbox_watch(
    settings: RemindersSettings, config: FirmConfig, tokens: MailTokens | None = None
) -> MailboxWatch | None:
    """What reads the firm's mailbox; None where it has not said which."""
    if not settings.mailbox_host:
        return None
    words = mail_words()
    return MailboxWatch(config, open_mailbox(settings, tokens), ours(settings, words), words)


def open_mailbox(
    settings: RemindersSettings, tokens: MailTokens | None = None
) -> Callable[[], ImapMailbox]:
    """A new connection each time; its password is read anew, so that it may change."""
    by_token = settings.mailbox_log_in == "token"

    def made() -> ImapMailbox:
        return ImapMailbox(
            MailboxServer(
                host=settings.mailbox_host,
                port=settings.mailbox_port,
                user=settings.mailbox_user,
                password="" if by_token else settings.mailbox_password(),
                tokens=tokens if by_token else None,
                security=settings.mailbox_security,
                folder=settings.mailbox_folder,
                kept_folder=settings.mailbox_kept_folder,
                most_bytes=settings.mailbox_largest_mib * MIB,
            )
        )

    return made


def ours(settings: RemindersSettings, words: dict[str, MailWords]) -> Ours:
    """The addresses the firm writes from and is answered at, and how its bounces are named."""
    given = [settings.mail_from, *([settings.mail_reply_to] if settings.mail_reply_to else [])]
    addresses = [parseaddr(each)[1] for each in given]
    domain, bounces = read_address(addresses[0]).domain, settings.mail_bounce_domain
    return Ours(
        domain=domain,
        addresses=frozenset(normal_address(each) for each in addresses),
        paths=ReturnPaths(bounces, settings.link_key()) if bounces else None,
        words=tuple(words.values()),
    )


def mail_words() -> dict[str, MailWords]:
    """The words by which mail is told apart, by language."""
    said = loaded(WORDS.read_text(encoding="utf-8"))
    return {language: MailWords.model_validate(words) for language, words in said.items()}
