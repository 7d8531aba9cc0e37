"""Does each clock of a profile run by its law, warn before, and name its source at its end?"""

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from services.reminders.app import HERE, rules_of, vocabulary
from services.reminders.domain.playbook_set import PlaybookSet
from services.reminders.gateways.rule_files import CLOCKS, playbook_files
from services.reminders.settings import RemindersSettings
from shared.contracts.commitments import CommitmentMet, CommitmentMissed
from shared.contracts.concerns import ComplaintReceived, ConcernAdvanced, ConcernClosed
from shared.contracts.intake import ConsentWithdrawn
from shared.contracts.promises import OptOutHonoured
from shared.contracts.records import AccessRequested, RecordsAnswered
from shared.profiles.choosing import read_profiles
from tests.reminders.over_memory import MONDAY, Reminders, client, new_config
from tests.reminders.test_commitments import endings, tasks

PROFILES = sorted(read_profiles())
CLOSED = {"concern_id": "k-1", "kind": "complaint", "client_id": "c-1", "complaint_id": "x-1"}


@cache
def config_of(profile: str) -> Any:
    settings = RemindersSettings(profile=profile)
    return new_config(rules_of(playbook_files(settings), vocabulary()), profile=profile)


def under(profile: str) -> Reminders:
    reminders = Reminders(config_of(profile))
    reminders.tell(client())
    return reminders


def complaint(**changes: Any) -> ComplaintReceived:
    values = {"complaint_id": "x-1", "client_id": "c-1", "type": "service", "channel": "phone"}
    return ComplaintReceived.model_validate({**values, "at": MONDAY, **changes})


def closed(days: int) -> ConcernClosed:
    """As feedback says it: only the sides of a dispute confirm that it is settled."""
    return ConcernClosed.model_validate(
        {**CLOSED, "outcome": "explained", "cause_code": "delay", "confirmed": False,
         "at": MONDAY + timedelta(days=days)}
    )  # fmt: skip


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_has_its_clocks_and_each_can_be_read(profile: str) -> None:
    file = HERE / CLOCKS / f"{profile}.yaml"
    found = PlaybookSet([(file.name, file.read_text("utf-8"))], vocabulary())
    assert found.mistakes == []
    assert found.rules or found.waiting
    assert file in playbook_files(RemindersSettings(profile=profile))


def test_a_complaint_is_asked_about_in_week_six_and_missed_after_week_eight_by_its_source() -> None:
    reminders = under("england-and-wales")
    reminders.tell(complaint())
    reminders.until(MONDAY + timedelta(days=41))
    assert tasks(reminders) == []
    reminders.until(MONDAY + timedelta(days=42, hours=1))
    (task,) = tasks(reminders)
    assert (task.title, task.role, task.priority) == ("Answer a complaint in full", "partner",
                                                      "high")  # fmt: skip
    reminders.until(MONDAY + timedelta(days=49, hours=1))
    assert {(t.title, t.priority) for t in tasks(reminders)} == {
        ("Answer a complaint in full", "urgent"),
        ("Tell of the Legal Ombudsman", "high"),
    }
    reminders.until(MONDAY + timedelta(days=57))
    missed = {each.standard: each for each in reminders.announced_of(CommitmentMissed)}
    answer = missed["complaint-answer"]
    assert answer.due_at - MONDAY <= timedelta(days=56)
    assert "paras 8.4 and 8.5" in answer.source
    assert answer.about.complaint_id == "x-1"
    assert "complaint-signposting" in missed


def advanced(step: str, days: int) -> ConcernAdvanced:
    at = MONDAY + timedelta(days=days)
    return ConcernAdvanced.model_validate({**CLOSED, "step": step, "at": at})


def test_who_says_that_it_is_right_now_need_not_be_told_of_the_ombudsman() -> None:
    reminders = under("england-and-wales")
    reminders.tell(complaint(), advanced("told", 19), closed(20), advanced("verified", 34))
    reminders.after(days=80)
    assert sorted(endings(reminders)) == [
        ("complaint-answer", "commitment-met"),
        ("complaint-signposting", "commitment-met"),
    ]


def test_an_end_that_nobody_asked_the_client_about_does_not_end_the_word_of_the_ombudsman() -> None:
    reminders = under("england-and-wales")
    reminders.tell(complaint(), advanced("told", 19), closed(20))
    reminders.after(days=80)
    assert sorted(endings(reminders)) == [
        ("complaint-answer", "commitment-met"),
        ("complaint-signposting", "commitment-missed"),
    ]


def test_whose_complaint_is_answered_without_their_yes_is_still_told_of_the_ombudsman() -> None:
    reminders = under("england-and-wales")
    reminders.tell(complaint(), closed(20), advanced("signposted", 21))
    assert {each.standard for each in reminders.announced_of(CommitmentMet)} == {
        "complaint-answer", "complaint-signposting"}  # fmt: skip


def test_only_a_complaint_about_data_is_acknowledged_within_thirty_days_by_law() -> None:
    reminders = under("england-and-wales")
    reminders.tell(complaint(), complaint(complaint_id="x-2", type="data-protection"))
    reminders.after(days=31)
    assert endings(reminders) == [("data-complaint", "commitment-missed")]
    assert "s. 103" in reminders.announced_of(CommitmentMissed)[0].source


def test_an_objection_has_to_reach_other_lists_within_ten_business_days_in_the_us() -> None:
    reminders = under("us")
    reminders.tell(ConsentWithdrawn(client_id="c-1", purpose="marketing", at=MONDAY))
    reminders.after(days=8)
    (task,) = tasks(reminders)
    assert task.title == "Take a client off other lists"
    reminders.tell(OptOutHonoured(client_id="c-1", at=reminders.now))
    assert endings(reminders) == [("opt-out", "commitment-met")]
    assert tasks(reminders) == []


@pytest.mark.parametrize("profile", ["england-and-wales", "germany", "general"])
def test_a_request_about_data_is_answered_within_a_month(profile: str) -> None:
    reminders = under(profile)
    for number in (1, 2):
        reminders.tell(AccessRequested(request_id=f"r-{number}", client_id="c-1", at=MONDAY))
    answered = MONDAY + timedelta(days=20)
    reminders.until(answered)
    assert [task.role for task in tasks(reminders)] == ["partner", "partner"]
    reminders.tell(
        RecordsAnswered(
            request_id="r-1", client_id="c-1", asked="access", outcome="granted", at=answered
        )
    )
    reminders.until(MONDAY + timedelta(days=33))
    assert sorted(endings(reminders)) == [
        ("data-request", "commitment-met"),
        ("data-request", "commitment-missed"),
    ]
    assert reminders.announced_of(CommitmentMissed)[0].about.request_id == "r-2"


def test_a_clock_of_one_country_does_not_run_in_another() -> None:
    reminders = under("germany")
    reminders.tell(ConsentWithdrawn(client_id="c-1", purpose="marketing", at=MONDAY))
    reminders.after(days=30)
    assert endings(reminders) == []


WAITING = """\
playbook: ours
version: 1
unknown-events: {how}
rules:
  ours:
    on: comet-sighted
    per: comet_id
    at: now
    then: {{announce: {{event: survey-due}}}}
"""


def test_a_rule_about_events_nobody_knows_yet_waits_only_where_its_file_says_so() -> None:
    waiting = PlaybookSet([("a.yaml", WAITING.format(how="wait"))], vocabulary())
    assert (waiting.rules, waiting.waiting, waiting.mistakes) == ([], ["ours"], [])
    wrong = PlaybookSet([("a.yaml", WAITING.format(how="ignore"))], vocabulary())
    assert "write `unknown-events: wait`" in str(wrong.mistakes[0])
    plain = WAITING.replace("unknown-events: {how}\n", "").format()
    assert "there is no event `comet-sighted`" in str(
        PlaybookSet([("a.yaml", plain)], vocabulary()).mistakes[0]
    )


def test_a_firm_with_playbooks_of_its_own_instead_has_no_shipped_clocks(tmp_path: Path) -> None:
    assert playbook_files(RemindersSettings(playbooks_dir=tmp_path)) == []
