"""Which mail server has the firm, and in whose name does its mail go?"""

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
