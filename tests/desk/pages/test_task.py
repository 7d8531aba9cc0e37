"""Does the task page show what to do and why, and lose nothing that is typed?"""

from typing import Any

import pytest

from services.desk.ports.answers import Answer, Refused
from services.desk.ports.notes import NOTES
from tests.desk.browsing import Browser, Site
from tests.desk.facts import CLARA, LEO, PAT, completed, created, updated

CHECK = {"kind": "conflict-check", "service": "intake", "role": "conflicts-officer",
         "title": "Decide a possible conflict of interest"}  # fmt: skip
REVIEW = {"kind": "review-response", "service": "reputation", "title": "Approve the reply"}
HIT = {
    "new_name": "Jon Smith", "new_role": "prospect", "known_name": "John Smith",
    "known_role_then": "opponent", "known_role_now": "former opponent", "matter_status": "closed",
    "client_id": "c-9", "matter_id": "m-9", "inquiry_id": None, "adversity": "adverse",
    "score": 92, "reasons": ["The names sound alike."], "disposition": "open",
}  # fmt: skip


@pytest.fixture
async def leo(site: Site) -> Browser:
    """A lawyer, at a desk with one task."""
    site.memory.office.hear(created())
    return await site.as_person(LEO)


async def decide(browser: Browser, decision: str, task_id: str = "t-1", **fields: Any) -> Any:
    page = await browser.get(f"/tasks/{task_id}")
    place = f"/tasks/{task_id}/decide"
    return await browser.post(place, page, {"decision": decision, **fields})


async def test_the_page_shows_what_the_owner_tells_and_why(site: Site, leo: Browser) -> None:
    site.memory.owners.shown = {"name": "Anna", "phone": "+44 20 5550001", "message": "Dear Anna"}
    page = (await leo.get("/tasks/t-1")).text
    for words in ("tel:+44205550001", "Dear Anna", "No channel.", "appointment</code>, version 3",
                  "Opened: No channel.", "/clients/c-1"):  # fmt: skip
        assert words in page


async def test_what_happens_while_the_page_is_made_is_on_the_next_one(
    site: Site, leo: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = site.memory.owners.values

    async def values_while_something_happens(*asked: Any) -> Any:
        site.memory.office.hear(updated(title="Call her today"), id="meanwhile")
        return await ask(*asked)

    monkeypatch.setattr(site.memory.owners, "values", values_while_something_happens)
    first = await leo.get("/tasks/t-1")
    assert first.status_code == 200
    assert "Call her today" not in first.text
    assert "Call her today" in (await leo.get("/tasks/t-1")).text


async def test_a_decision_reaches_its_owner_with_what_was_filled_in(
    site: Site, leo: Browser
) -> None:
    answer = await decide(leo, "reached", note="She will come.\r\nAt ten.")
    assert answer.status_code == 303
    service, decision = site.memory.owners.decided[0]
    assert (service, decision["decision"], decision["fields"], decision["version"]) == (
        "reminders", "reached", {"note": "She will come.\nAt ten."}, 1,
    )  # fmt: skip


async def test_the_note_of_a_decision_is_kept_for_colleagues(site: Site, leo: Browser) -> None:
    await decide(leo, "reached", note="She will come.")
    assert [note.text for note in site.memory.office.all(NOTES)] == ["She will come."]


async def test_the_reason_of_a_decision_is_kept_for_colleagues(site: Site, leo: Browser) -> None:
    site.memory.office.hear(created("t-2", kind="contact-gap"), id="gap")
    await decide(leo, "not-needed", "t-2", reason="She is away until May.")
    assert [note.text for note in site.memory.office.all(NOTES)] == ["She is away until May."]


async def test_after_a_decision_the_person_is_back_at_their_list(leo: Browser) -> None:
    answer = await decide(leo, "reached", back="/inbox?view=team")
    assert answer.headers["location"].startswith("/inbox?view=team&did=")
    assert "Reached. Call the client" in (await leo.get(answer.headers["location"])).text


async def test_a_refusal_stands_at_its_field_and_what_was_typed_stays(
    site: Site, leo: Browser
) -> None:
    site.memory.owners.answer = Answer("open", 1, Refused("missing", "Say more.", "note"))
    answer = await decide(leo, "reached", note="typed <b>")
    assert answer.status_code == 422
    assert 'id="note-error"' in answer.text
    assert '<a href="#note">Say more.</a>' in answer.text
    assert "typed &lt;b&gt;</textarea>" in answer.text


async def test_a_stale_version_shows_both_changes_and_keeps_what_was_typed(
    site: Site, leo: Browser
) -> None:
    page = await leo.get("/tasks/t-1")
    site.memory.office.hear(updated(version=2))
    site.memory.owners.answer = Answer("open", 2, Refused("stale-version", "Look again."))
    place = "/tasks/t-1/decide"
    answer = await leo.post(place, page, {"decision": "reached", "note": "typed"})
    assert answer.status_code == 409
    assert "This task has changed since you opened it" in answer.text
    assert "Changed: No channel." in answer.text
    assert "typed</textarea>" in answer.text
    assert '<input type="hidden" name="version" value="2">' in answer.text


async def test_somebody_elses_decision_is_shown_with_what_was_typed(
    site: Site, leo: Browser
) -> None:
    page = await leo.get("/tasks/t-1")
    site.memory.office.hear(completed(actor_id="pat"))
    site.memory.owners.answer = Answer("done", 2, Refused("not-open", "This task is done already."))
    fields = {"decision": "reached", "note": "typed"}
    answer = await leo.post("/tasks/t-1/decide", page, fields)
    assert answer.status_code == 409
    assert "settled meanwhile" in answer.text
    assert "Decided: Reached." in answer.text
    assert "<pre>typed</pre>" in answer.text


async def test_when_the_owner_is_away_the_page_says_so_and_can_be_tried_again(
    site: Site, leo: Browser
) -> None:
    site.memory.owners.away = True
    page = await leo.get("/tasks/t-1")
    assert page.status_code == 200
    assert "not available just now" in page.text
    assert "Try again" in page.text


async def test_a_decision_whose_owner_is_away_keeps_what_was_typed(
    site: Site, leo: Browser
) -> None:
    page = await leo.get("/tasks/t-1")
    site.memory.owners.away = True
    fields = {"decision": "reached", "note": "typed"}
    answer = await leo.post("/tasks/t-1/decide", page, fields)
    assert answer.status_code == 503
    assert "typed</textarea>" in answer.text
    assert "Nothing was decided" in answer.text


async def test_a_form_sent_twice_is_one_decision(site: Site, leo: Browser) -> None:
    page = await leo.get("/tasks/t-1")
    for _ in range(2):
        await leo.post("/tasks/t-1/decide", page, {"decision": "reached"})
    ids = {decision["decision_id"] for _, decision in site.memory.owners.decided}
    assert len(ids) == 1


async def test_a_form_without_a_decision_is_refused_kindly(leo: Browser) -> None:
    answer = await decide(leo, "")
    assert answer.status_code == 422
    assert "Choose one decision." in answer.text


async def test_hits_stand_side_by_side_with_their_reasons(site: Site) -> None:
    site.memory.office.hear(created(**CHECK))
    site.memory.owners.shown = {"name": "Jon Smith (prospect)", "hits": [HIT]}
    page = (await (await site.as_person(CLARA)).get("/tasks/t-1")).text
    for words in ("Jon Smith", "Jo<mark>h</mark>n Smith", "Former opponent", "On opposite sides",
                  "The names sound alike.", "Score 92 of 100"):  # fmt: skip
        assert words in page


async def test_a_waiver_without_its_document_is_refused_at_that_field(site: Site) -> None:
    site.memory.office.hear(created(**CHECK))
    site.memory.owners.answer = Answer("open", 1, Refused("missing", "Needed.", "document_ref"))
    clara = await site.as_person(CLARA)
    answer = await decide(clara, "clear-with-waiver", reason="They agreed.")
    assert 'id="document_ref-clear-with-waiver-error"' in answer.text
    assert "They agreed.</textarea>" in answer.text
    assert answer.text.count('<details class="further" open>') == 1


async def test_the_guard_names_each_phrase_of_a_reply(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    site.memory.owners.shown = {"site": "google", "stars": "5 of 5", "review": "x", "text": "Hi"}
    message = (
        "characters 1 to 10 (client): this says somebody was a client; "
        "characters 12 to 15 (name): this names somebody"
    )
    site.memory.owners.answer = Answer("open", 1, Refused("guard", message, "text"))
    answer = await decide(await site.as_person(PAT), "edit", text="Our client Anna.")
    assert "<mark>Our client</mark> <span>This says somebody was a client." in answer.text
    assert "<mark>Anna</mark> <span>This names somebody." in answer.text
    assert "Our client Anna.</textarea>" in answer.text


async def test_the_guard_names_each_phrase_of_a_reply_that_was_to_be_approved(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    site.memory.owners.shown = {"text": "Our client Anna.", "review": "x"}
    message = "characters 1 to 10 (client): this says somebody was a client"
    site.memory.owners.answer = Answer("open", 1, Refused("guard", message, "text"))
    answer = await decide(await site.as_person(PAT), "approve")
    assert "<mark>Our client</mark>" in answer.text
    assert '<details class="further" open>' in answer.text


async def test_a_refusal_leads_to_the_field_of_the_form_that_was_sent(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    no = Refused("missing", "say why there is no reply", "reason")
    site.memory.owners.answer = Answer("open", 1, no)
    answer = await decide(await site.as_person(PAT), "no-response")
    assert '<a href="#reason-no-response">' in answer.text
    assert 'id="reason-no-response"' in answer.text


async def test_who_wrote_a_reply_hears_that_somebody_else_must_approve_it(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    no = Refused("own-text", "somebody other than its author must approve this reply")
    site.memory.owners.answer = Answer("open", 1, no)
    answer = await decide(await site.as_person(PAT), "approve")
    assert answer.status_code == 409
    assert "somebody other than its author" in answer.text


async def test_yes_and_no_reach_the_owner_as_such(site: Site) -> None:
    recovery = {"kind": "service-recovery", "service": "feedback", "role": "lawyer"}
    site.memory.office.hear(created(**recovery))
    leo = await site.as_person(LEO)
    await decide(leo, "resolve", outcome="apologised", client_told="no", note="")
    assert site.memory.owners.decided[0][1]["fields"] == {
        "outcome": "apologised",
        "client_told": False,
    }


async def test_a_reply_the_firm_has_approved_is_picked_with_one_button(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    variant = {
        "name": "Short",
        "lang": "en",
        "language": "English",
        "text": "Please contact our office.",
        "other_language": False,
        "current": False,
    }
    site.memory.owners.shown = {"site": "google", "text": "Hi", "variants": [variant]}
    page = await (await site.as_person(PAT)).get("/tasks/t-1")
    assert '<input type="hidden" name="text" value="Please contact our office.">' in page.text
    assert '<input type="hidden" name="decision" value="edit">' in page.text
    assert ">Use this reply</button>" in page.text


async def test_what_was_noticed_is_marked_at_its_place_and_leads_to_what_to_write(
    site: Site,
) -> None:
    site.memory.office.hear(created(**REVIEW))
    site.memory.owners.shown = {
        "site": "google",
        "text": "The bakery.",
        "pieces": [{"text": "The ", "hints": []}, {"text": "bakery", "hints": [1]}],
        "hints": [{"phrase": "bakery", "message": "it repeats", "suggestion": "leave it out"}],
    }
    page = await (await site.as_person(PAT)).get("/tasks/t-1")
    assert '<a href="#hint-1">bakery</a></mark>' in page.text
    assert '<li id="hint-1"' in page.text
    assert "It repeats." in page.text
    assert "leave it out." in page.text


async def test_a_report_offers_the_reasons_of_that_site_alone(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    choices = [["off-topic", "Off topic"]]
    site.memory.owners.shown = {"site": "google", "report_reason_choices": choices}
    page = await (await site.as_person(PAT)).get("/tasks/t-1")
    assert '<option value="off-topic">Off topic</option>' in page.text
    assert 'value="competitor"' not in page.text


async def test_only_a_sole_practice_is_offered_to_approve_its_own_words(site: Site) -> None:
    site.memory.office.hear(created(**REVIEW))
    site.memory.owners.shown = {"site": "google", "text": "Hi", "alone": "from today on"}
    browser = await site.as_person(PAT)
    assert 'id="reason-alone"' in (await browser.get("/tasks/t-1")).text
    site.memory.owners.shown = {"site": "google", "text": "Hi", "alone": ""}
    assert 'id="reason-alone"' not in (await browser.get("/tasks/t-1")).text


async def test_what_can_be_done_comes_before_what_has_happened(leo: Browser) -> None:
    text = (await leo.get("/tasks/t-1")).text
    places = [text.index(each) for each in ('id="decide"', 'id="who-title"', 'id="note-title"')]
    assert places == sorted(places)
    assert places[-1] < text.index('id="why-title"') < text.index('id="history-title"')
