"""Do clients' pages wear the firm's logo and colours, and keep what they load from here?"""

import re
from pathlib import Path

import pytest

from shared.firm.looks import Looks
from tests.core.test_looks import picture
from tests.web.client_places import Place, places

SERVICES = pytest.mark.parametrize("service", ["intake", "feedback"])
LOGO = re.compile(r'<img class="logo" src="([^"]+)" alt="Example &amp; Partners"')
STYLE = re.compile(r'<link rel="stylesheet" href="(/static/firm/[^"]+)">')


@pytest.fixture
def dressed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Place]:
    """Both services of a firm with a logo and a colour."""
    (tmp_path / "logo.png").write_bytes(picture())
    (tmp_path / "firm.toml").write_text('[looks]\nlogo = "logo.png"\ncolour = "#7a1f3d"\n')
    monkeypatch.setenv("CLIENTELE_FIRM_DIR", str(tmp_path))
    return places(tmp_path)


@SERVICES
async def test_every_page_has_the_logo_named_like_the_firm_and_its_colours(
    dressed: dict[str, Place], service: str
) -> None:
    place = dressed[service]
    async with place.browser() as browser:
        for route, address in place.pages().items():
            if route.endswith(".ics"):
                continue
            page = await browser.get(address, follow_redirects=True)
            logo, style = LOGO.search(page.text), STYLE.search(page.text)
            assert logo is not None, route
            assert style is not None, route
            for found, kind in ((logo[1], "image/png"), (style[1], "text/css; charset=utf-8")):
                file = await browser.get(found)
                assert file.status_code == 200
                assert file.headers["content-type"] == kind
                assert "immutable" in file.headers["cache-control"]


@SERVICES
async def test_a_firm_that_says_nothing_looks_as_shipped(service: str, tmp_path: Path) -> None:
    place = places(tmp_path)[service]
    async with place.browser() as browser:
        for address in place.pages().values():
            page = await browser.get(address, follow_redirects=True)
            assert not STYLE.search(page.text)
            assert not LOGO.search(page.text)
        assert (await browser.get("/static/firm/logo.png")).status_code == 404


def test_colours_that_are_not_said_are_none() -> None:
    assert Looks().in_mail == "#1f4e79"
