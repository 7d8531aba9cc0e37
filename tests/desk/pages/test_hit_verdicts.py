"""How is each match of a conflict check judged by itself?"""

from services.desk.ports.answers import Answer, Refused
from tests.desk.browsing import Site
from tests.desk.facts import CLARA, created
from tests.desk.pages.test_task import CHECK, HIT, decide

TWO = [{**HIT, "ref": "client:c-7", "disposition": "open"},
       {**HIT, "ref": "party:m-1.p-1", "disposition": "open"}]  # fmt: skip


async def test_several_matches_have_a_verdict_each(site: Site) -> None:
    site.memory.office.hear(created(**CHECK))
    site.memory.owners.shown = {"hits": TWO}
    said = {"verdicts.client:c-7.grounds": "former-client", "verdicts.client:c-7.words": "To 2019"}
    clara = await site.as_person(CLARA)
    await decide(clara, "decline", reason="No.", for_the_rest="yes", **said)
    fields = site.memory.owners.decided[-1][1]["fields"]
    assert fields["verdicts"] == {"client:c-7": {"grounds": "former-client", "words": "To 2019"}}
    assert fields["for_the_rest"] is True


async def test_a_match_without_its_verdict_is_refused_at_that_very_match(site: Site) -> None:
    site.memory.office.hear(created(**CHECK))
    site.memory.owners.shown = {"hits": TWO}
    field = "verdicts.party:m-1.p-1.grounds"
    site.memory.owners.answer = Answer("open", 1, Refused("missing", "Say it.", field))
    answer = await decide(await site.as_person(CLARA), "clear", reason="No.")
    assert f'<a href="#{field}">Say it.</a>' in answer.text
    assert f'id="{field}-error"' in answer.text
