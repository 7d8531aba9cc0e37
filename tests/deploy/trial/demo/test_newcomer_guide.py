"""Does a newcomer learn who to be, where to go and what to try, and nobody's name?"""

from dataclasses import replace

from rich.console import Console

from deploy.trial.demo.facts import Facts
from deploy.trial.demo.newcomer_guide import OPEN_SURVEY, everything
from tests.deploy.trial.demo.samples import GOOD, MAIL

ROLES = ("assistant", "conflicts-officer", "ops")
KNOWN = {
    "desk": "http://127.0.0.1:8100",
    "intake": "http://127.0.0.1:8101",
    "ops": {"desk": "http://127.0.0.1:8140"},
    "data_dir": "/data",
    "logins": {role: {"name": f"P. {role}", "user": role, "password": f"pw-{role}"}
               for role in ROLES},
}  # fmt: skip
LINK = "http://127.0.0.1:8103/s/abc"


def printed(facts: Facts) -> str:
    """What stands on the screen."""
    console = Console(width=100)
    with console.capture() as captured:
        for part in everything(KNOWN, facts, " --data-dir x"):
            console.print(part, soft_wrap=isinstance(part, str))
    return captured.get()


def test_every_person_is_named_with_log_in_and_work() -> None:
    waiting = {"assistant": ("Call", "Answer"), "conflicts-officer": ("Decide",)}
    lines = printed(replace(GOOD, waiting=waiting)).splitlines()
    work = {role: next(line for line in lines if f"pw-{role}" in line) for role in ROLES}
    assert work["assistant"].rstrip().endswith("2 tasks")
    assert work["conflicts-officer"].rstrip().endswith("1 task")
    assert work["ops"].rstrip().endswith("nothing now")


def test_the_survey_nobody_has_answered_is_linked_and_its_client_not_named() -> None:
    mail = replace(MAIL, to=OPEN_SURVEY, text=f"Please: {LINK} or later")
    said = printed(replace(GOOD, mails=(mail,)))
    assert LINK in said
    assert OPEN_SURVEY not in said


def test_without_a_survey_there_is_still_the_form_for_asking_for_help() -> None:
    assert "http://127.0.0.1:8101/f/contact" in printed(GOOD)


def test_the_commands_can_be_typed_as_they_stand() -> None:
    said = printed(GOOD)
    assert "clientele timeline c-1008 --data-dir x" in said
    assert "Ctrl-C" in said
