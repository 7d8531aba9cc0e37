"""Is exactly the proposed change simulated, one at a time, whatever happens to its process?"""

from datetime import timedelta
from typing import Any

import pytest

from services.reminders.domain.simulation import SILENT, TRIES, Count, Found, Simulation
from services.reminders.ports import EDITION_HEAD, SIMULATIONS
from shared.errors import RuleError
from tests.reminders.editions import ADA, LEO, approve, ask, office, propose, work
from tests.reminders.over_memory import Reminders

PARTS = {"offset": "+14d", "time": "10:00", "valid-until": "+44d"}
WORDS = "Subject: Hello\n\n{{ greeting }}\n\n{{ firm }}\n"


@pytest.fixture
def reminders() -> Reminders:
    return office()


def moved(reminders: Reminders, **more: Any) -> Any:
    """A proposal that moves a rule."""
    ask(reminders, "edit-rule", rule_id="survey-due", parts=PARTS)
    return propose(reminders, **more)


def simulate(reminders: Reminders, edition: Any, **more: Any) -> Any:
    return ask(reminders, "simulate", LEO, edition=edition.edition,
               content_hash=edition.content_hash, **more)  # fmt: skip


def state(reminders: Reminders, edition: Any) -> Any:
    return ask(reminders, "edition", LEO, edition=edition.edition).simulation


def found(reminders: Reminders) -> Found:
    counts = (Count(rule_id="survey-due", what="would-move", count=3),)
    return Found(since=reminders.now - timedelta(days=30), until=reminders.now, counts=counts)


def done(reminders: Reminders, edition: Any) -> None:
    simulate(reminders, edition)
    mine = work(reminders, "take", "0:a")
    work(reminders, "finish", mine, found(reminders))


def refused(reminders: Reminders, what: str, **more: Any) -> RuleError:
    with pytest.raises(RuleError) as no:
        ask(reminders, what, LEO, **more)
    return no.value


def test_what_was_found_stands_with_exactly_the_change_it_is_about(reminders: Reminders) -> None:
    edition = moved(reminders)
    assert state(reminders, edition).run is None
    assert simulate(reminders, edition, days=90).run.state == "waiting"
    mine = work(reminders, "take", "0:a")
    assert (mine.days, mine.files != {}) == (90, True)
    assert work(reminders, "note", mine, 50, 200) is True
    run = state(reminders, edition).run
    assert (run.state, run.heard, run.newest) == ("running", 50, 200)
    work(reminders, "finish", mine, found(reminders))
    run = state(reminders, edition).run
    assert (run.state, run.by, run.found.counts[0].count) == ("done", "leo", 3)
    [kept] = reminders.all(SIMULATIONS)
    assert (kept.files, kept.base_files) == ({}, {})


def test_a_draft_that_was_changed_since_says_that_its_simulation_is_of_an_older_state(
    reminders: Reminders,
) -> None:
    ask(reminders, "edit-rule", rule_id="survey-due", parts=PARTS)
    draft = ask(reminders, "edition")
    ask(reminders, "simulate", content_hash=draft.content_hash)
    ask(reminders, "edit-rule", rule_id="survey-due", parts=PARTS | {"offset": "+15d"})
    edition = propose(reminders)
    told = state(reminders, edition)
    assert told.run is None
    assert told.older_at is not None


def test_the_simulation_of_a_draft_is_that_of_the_proposal_it_becomes(reminders: Reminders) -> None:
    ask(reminders, "edit-rule", rule_id="survey-due", parts=PARTS)
    draft = ask(reminders, "edition")
    ask(reminders, "simulate", content_hash=draft.content_hash)
    work(reminders, "finish", work(reminders, "take", "0:a"), found(reminders))
    assert state(reminders, propose(reminders)).run.state == "done"


def test_one_at_a_time_and_asked_twice_is_once(reminders: Reminders) -> None:
    edition = moved(reminders)
    first = simulate(reminders, edition).run
    assert simulate(reminders, edition).run == first
    ask(reminders, "edit-rule", LEO, rule_id="welcome", off=True)
    mine = ask(reminders, "edition", LEO)
    no = refused(reminders, "simulate", content_hash=mine.content_hash)
    assert no.code == "one-at-a-time"
    assert ask(reminders, "edition", LEO).simulation.busy_with == "leo"


def test_who_cancels_is_obeyed_by_the_process_that_works_at_it(reminders: Reminders) -> None:
    edition = moved(reminders)
    simulate(reminders, edition)
    mine = work(reminders, "take", "0:a")
    ask(reminders, "cancel-simulation", ADA, edition=edition.edition)
    assert work(reminders, "note", mine, 1, 2) is False
    work(reminders, "finish", mine, found(reminders))
    run = state(reminders, edition).run
    assert (run.state, run.why, run.found) == ("cancelled", "ada", None)
    assert simulate(reminders, edition).run.state == "waiting"


def test_another_process_begins_anew_once_the_first_is_silent(reminders: Reminders) -> None:
    edition = moved(reminders)
    simulate(reminders, edition)
    first = work(reminders, "take", "0:a")
    assert work(reminders, "take", "1:b") is None
    reminders.until(reminders.now + SILENT + timedelta(seconds=1))
    second = work(reminders, "take", "1:b")
    assert second.tries == 2
    assert work(reminders, "note", first, 9, 9) is False
    assert work(reminders, "note", second, 1, 9) is True


def test_after_the_third_time_it_is_lost_and_says_so(reminders: Reminders) -> None:
    edition = moved(reminders)
    simulate(reminders, edition)
    for _ in range(TRIES):
        assert work(reminders, "take", "0:a") is not None
        reminders.until(reminders.now + SILENT + timedelta(seconds=1))
    assert work(reminders, "take", "0:a") is None
    run = state(reminders, edition).run
    assert run.state == "lost"
    assert "begun three times" in run.why
    [head] = reminders.all(EDITION_HEAD)
    assert head.simulating is None


def test_a_firm_may_want_to_see_it_before_it_approves_a_change_of_rules() -> None:
    reminders = office()
    reminders.config.simulate_first = True
    edition = moved(reminders)
    with pytest.raises(RuleError, match="without its simulation") as no:
        approve(reminders, edition)
    assert no.value.code == "not-simulated"
    done(reminders, edition)
    assert approve(reminders, edition).state == "approved"
    assert state(reminders, edition).run.state == "done"


def test_words_alone_need_none() -> None:
    reminders = office()
    reminders.config.simulate_first = True
    ask(reminders, "edit-text", language="en", message="welcome", text=WORDS)
    edition = propose(reminders)
    assert state(reminders, edition).changes_rules is False
    assert approve(reminders, edition).state == "approved"


def test_what_cannot_be_simulated_says_why(reminders: Reminders) -> None:
    edition = moved(reminders)
    known = {"edition": edition.edition, "content_hash": edition.content_hash}
    assert refused(reminders, "simulate", **known, days=31).field == "days"
    assert refused(reminders, "simulate", **known | {"content_hash": "x"}).code == "other-content"
    assert refused(reminders, "simulate", content_hash="x").code == "unknown"
    approve(reminders, edition)
    assert refused(reminders, "simulate", **known).code == "already-decided"


def test_it_says_nothing_to_anybody(reminders: Reminders) -> None:
    edition = moved(reminders)
    before = len(reminders.announced)
    done(reminders, edition)
    assert len(reminders.announced) == before
    assert isinstance(reminders.all(SIMULATIONS)[0], Simulation)
