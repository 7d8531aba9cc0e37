"""Can a mail be read on any screen, by anybody?"""

import pytest
from playwright.async_api import Browser

from tests.browser.chromium import findings, fits, opened
from tests.browser.mails import SAMPLES, show


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_mail_fits_a_phone_and_shuts_nobody_out(
    chrome: Browser, name: str, scheme: str
) -> None:
    async with opened(chrome, width=320, scheme=scheme) as page:
        await show(page, SAMPLES[name])
        assert await fits(page)
        assert await findings(page) == []


def test_an_appointment_elsewhere_names_both_clocks() -> None:
    text = SAMPLES["confirmation"].worded().text
    assert "2:00 PM (Berlin time; 8:00 AM your time)" in text
