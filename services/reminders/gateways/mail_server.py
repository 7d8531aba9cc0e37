"""Which mail server has the firm, and in whose name does its mail go?"""

from email.utils import parseaddr

from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.sender_check import MailWay
from services.reminders.gateways.mail_tokens import MailApp, MailTokens
from services.reminders.gateways.smtp import MailServer
from services.reminders.settings import RemindersSettings


def mail_tokens(settings: RemindersSettings) -> MailTokens | None:
    """With what the firm logs in to mail where passwords are not taken; None: they are."""
    if "token" not in (settings.smtp_log_in, settings.mailbox_log_in):
        return None
    app = MailApp(
        client_id=settings.mail_app_id,
        token_url=settings.mail_app_token_url,
        scope=settings.mail_app_scope,
        client_secret=settings.mail_app_secret_file,
        refresh_token=settings.mail_app_refresh_token_file,
    )
    return MailTokens(app)


def mail_server(settings: RemindersSettings, tokens: MailTokens | None = None) -> MailServer:
    """Where mail goes, and in whose name."""
    by_token = settings.smtp_log_in == "token"
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        reply_to=settings.mail_reply_to,
        firm=settings.firm_name,
        logo=settings.looks().logo,
        user=settings.smtp_user,
        password=None if by_token else settings.smtp_password(),
        tokens=tokens if by_token else None,
        security=settings.smtp_security,
        connections=settings.smtp_connections,
    )


def mail_way(settings: RemindersSettings) -> MailWay:
    """By which way mail goes, and where answers to it are read."""
    sender = normal_address(parseaddr(settings.mail_from)[1])
    answers = normal_address(parseaddr(settings.mail_reply_to or settings.mail_from)[1])
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    return MailWay(sender, server, answers if settings.mailbox_host else "")
