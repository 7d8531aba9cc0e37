"""Does whoever may see it read which system may say what, and which has fallen silent?"""

from dataclasses import replace
from datetime import timedelta
from typing import cast

from services.desk.domain.sources import KnownSystem, heard
from services.desk.pages.page_context import PageContext
from services.desk.ports.systems import SOURCES
from shared.contracts.envelope import Cause
from tests.desk.browsing import Site
from tests.desk.facts import OSKAR

DMS = KnownSystem(name="dms", types=("document-received", "matter-opened"), kib=64)


def told(site: Site, *systems: KnownSystem) -> None:
    context = cast("PageContext", site.web.state.context)
    site.web.state.context = replace(context, systems={each.name: each for each in systems})


def spoke(site: Site, source: str, ago: timedelta) -> None:
    office = site.memory.office
    said = heard(source, office.now - ago)
    cause = Cause("urn:test", source, "x", "x", None, office.now)
    office.act(lambda unit: unit.put(SOURCES, said), lambda _: [SOURCES.one(said.source_id)], cause)


async def test_each_system_stands_with_what_it_may_say_and_since_when_it_is_silent(
    site: Site,
) -> None:
    told(site, DMS, KnownSystem(name="billing", types=("invoice-issued",)))
    spoke(site, "urn:system:dms:scanner", timedelta(days=4))
    spoke(site, "urn:firm:pm", timedelta(minutes=5))
    spoke(site, "urn:system:gateway:stripe", timedelta(minutes=5))
    page = (await (await site.as_person(OSKAR)).get("/systems")).text
    assert "<code>document-received</code>, <code>matter-opened</code>" in page
    assert "At most 64 KiB an event." in page
    assert "Silent" in page
    assert "Never heard" in page
    assert "clientele systems renew dms" in page
    assert "urn:firm:pm" in page
    assert "urn:system:dms:scanner" not in page
    assert "urn:system:gateway:stripe" not in page


async def test_where_the_desk_was_told_of_none_it_says_the_command(site: Site) -> None:
    page = (await (await site.as_person(OSKAR)).get("/systems")).text
    assert "None that this desk was told of." in page
    assert "clientele systems add NAME --type EVENT-TYPE" in page
