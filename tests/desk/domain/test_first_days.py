"""Is each line of a firm's beginning reckoned from what is so, or said by a person?"""

from dataclasses import replace

import pytest

from services.desk.domain.first_days import (
    Facts,
    FirstDays,
    Said,
    Step,
    are_done,
    may_see_first_days,
    steps,
    with_word,
)
from services.desk.domain.staff import StaffMember
from shared.contracts.answers import SenderStanding
from shared.contracts.firm_decisions import SECOND, WhoDecides
from shared.errors import RuleError
from tests.desk.facts import ASH, CLARA, LEO, NOON, OSKAR, PAT

SAID = {"rules": Said("pat", NOON)}
BELIEVED = SenderStanding(state="ready", at=NOON.isoformat())
LONE = StaffMember(staff_id="solo", roles=("partner", "lawyer", "assistant"))
READY = Facts(
    samples=(), lacking=(), staff=(ASH, CLARA, LEO, OSKAR, PAT), firm_roles={}, sole_practice=False,
    said=SAID, sender=BELIEVED, imported={"clients": 60},
)  # fmt: skip


def line(facts: Facts, name: str) -> Step:
    return next(each for each in steps(facts) if each.line == name)


def test_a_firm_with_everything_is_ready() -> None:
    assert are_done(steps(READY))


@pytest.mark.parametrize(
    ("facts", "name", "amiss"),
    [
        (replace(READY, samples=("CLIENTELE_FIRM_NAME",)), "name", ("CLIENTELE_FIRM_NAME",)),
        (replace(READY, lacking=("CLIENTELE_IMPRINT_URL",)), "notices", ("CLIENTELE_IMPRINT_URL",)),
        (replace(READY, sender=SenderStanding(state="never")), "mail", ()),
        (replace(READY, sender=SenderStanding(state="changed", amiss=("spf",))), "mail", ()),
        (
            replace(READY, sender=SenderStanding(state="not-ready", amiss=("spf",))),
            "mail",
            ("spf",),
        ),
        (replace(READY, said={}), "rules", ()),
        (replace(READY, imported={}), "book", ()),
        (replace(READY, imported=None), "book", ()),
        (replace(READY, staff=(LONE,)), "people", ()),
        (replace(READY, staff=(LEO, replace(PAT, active=False))), "people", ()),
    ],
)
def test_what_is_amiss_is_to_do_and_named(facts: Facts, name: str, amiss: tuple[str, ...]) -> None:
    found = line(facts, name)
    assert not found.done
    assert found.amiss == amiss
    assert not are_done(steps(facts))


def test_where_it_takes_two_the_kinds_that_have_one_are_named() -> None:
    found = line(replace(READY, staff=(LONE, ASH)), "second-person")
    assert not found.done
    assert "remedy" in found.amiss
    assert "call-client" not in found.amiss
    assert "edition-approval" in found.amiss


def test_who_decides_by_the_word_of_the_firm_counts() -> None:
    facts = replace(READY, firm_roles={"remedy": ("conflicts-officer",)})
    assert line(facts, "second-person").amiss == ("remedy",)


def test_a_decision_that_the_firm_has_said_by_two_needs_two() -> None:
    word = WhoDecides(said={"call-client": {"no-more-calls": ("conflicts-officer", SECOND)}})
    assert line(replace(READY, who_decides=word), "second-person").amiss == ("call-client",)


def test_one_lawyer_who_is_the_whole_firm_needs_nobody_else() -> None:
    facts = replace(READY, staff=(LONE,), sole_practice=True)
    assert are_done(steps(facts))


def test_what_nobody_can_say_just_now_is_not_done_and_not_amiss() -> None:
    found = line(replace(READY, samples=None), "name")
    assert (found.done, found.known, found.amiss) == (False, False, ())


def test_a_word_of_an_earlier_release_holds_until_a_test_mail_says_otherwise() -> None:
    said = replace(READY, said={**SAID, "mail": Said("pat", NOON)})
    assert line(replace(said, sender=SenderStanding(state="never")), "mail").done
    assert line(replace(said, sender=None), "mail").done
    assert not line(replace(said, sender=SenderStanding(state="not-ready")), "mail").done


def test_people_come_before_what_a_second_person_approves() -> None:
    names = [each.line for each in steps(READY)]
    assert names[:3] == ["people", "second-person", "name"]


def test_a_person_says_what_no_machine_can_know_once() -> None:
    first = with_word(FirstDays(), "book", "pat", NOON)
    assert first.said["book"] == Said("pat", NOON)
    assert with_word(first, "book", "oskar", NOON) is first


@pytest.mark.parametrize("name", ["name", "people", "mail", "fun"])
def test_what_is_reckoned_nobody_can_say(name: str) -> None:
    with pytest.raises(RuleError):
        with_word(FirstDays(), name, "pat", NOON)


def test_it_is_for_partners_and_operations() -> None:
    seen = [each for each in (ASH, CLARA, LEO, OSKAR, PAT) if may_see_first_days(each)]
    assert seen == [OSKAR, PAT]


def test_a_firm_without_a_book_says_so() -> None:
    facts = replace(READY, imported={}, said={**SAID, "book": Said("pat", NOON)})
    assert line(facts, "book").done


def test_what_was_imported_is_told_by_kind() -> None:
    facts = replace(READY, imported={"clients": 60, "matters": 180})
    assert line(facts, "book").counts == {"clients": 60, "matters": 180}
    assert not line(replace(READY, imported=None), "book").known
