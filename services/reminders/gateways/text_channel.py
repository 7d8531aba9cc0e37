"""Has the firm a provider of text messages, and what does its law leave to them?"""

from services.reminders.gateways.sms import SmsChannel
from services.reminders.gateways.text_provider import HttpTexts, Provider
from services.reminders.gateways.text_reports import ReportPaths
from services.reminders.settings import RemindersSettings
from shared.engine.runtime import Runtime


def text_provider(settings: RemindersSettings) -> HttpTexts | None:
    """Whoever takes text messages; None where the firm sends none."""
    if not settings.sms_from:
        return None
    return HttpTexts(
        Provider(
            url=settings.sms_url,
            user=settings.sms_user,
            password=settings.sms_password(),
            sender=settings.sms_from,
            knows_repeats=settings.sms_knows_repeats,
        )
    )


def report_paths(settings: RemindersSettings, runtime: Runtime) -> ReportPaths:
    """Where the provider reaches us: this service as others see it."""
    own = f"http://{settings.http_host}:{settings.http_port}"
    base = settings.public_urls.get("reminders", own).rstrip("/")
    return ReportPaths(base, runtime.settings.link_key(), settings.sms_password())


def text_channel(settings: RemindersSettings, provider: HttpTexts | None) -> list[SmsChannel]:
    """The channel, where there is one."""
    law = settings.text_law()
    if law is None:
        return []
    return [SmsChannel(provider, facts=law.facts, most=settings.sms_parts)]
