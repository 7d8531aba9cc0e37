"""Which mail server has the firm, and in whose name does its mail go?"""

from email.utils import parseaddr

from services.reminders.domain.mail_address import normal_address
from services.reminders.domain.sender_check import MailWay
from services.reminders.gateways.smtp import MailServer
from services.reminders.settings import RemindersSettings


def mail_server(settings: RemindersSettings) -> MailServer:
    """Where mail goes, and in whose name."""
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        reply_to=settings.mail_reply_to,
        firm=settings.firm_name,
        logo=settings.looks().logo,
        user=settings.smtp_user,
        password=settings.smtp_password(),
        security=settings.smtp_security,
        connections=settings.smtp_connections,
    )


def mail_way(settings: RemindersSettings) -> MailWay:
    """By which way mail goes, and where answers to it are read."""
    sender = normal_address(parseaddr(settings.mail_from)[1])
    answers = normal_address(parseaddr(settings.mail_reply_to or settings.mail_from)[1])
    server = f"{settings.smtp_host}:{settings.smtp_port}"
    return MailWay(sender, server, answers if settings.mailbox_host else "")
