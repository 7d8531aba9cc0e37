"""What does the officer see of whoever a conflict check found?"""

from shared.contracts.firm import PartyAdded
from tests.fakes.memory import MemoryService
from tests.intake.office import (
    OFFICER,
    closed,
    inquiry,
    intake,
    onboarded,
    only_task,
    opened,
    party,
)


def firm() -> MemoryService:
    """A client with two matters, one of them closed, each with somebody else in it."""
    office = intake()
    office.hear(onboarded("c-7", "Thomas Okafor"))
    office.hear(opened("m-7", "c-7"))
    office.hear(party("Karl Koch", "adverse", matter_id="m-7"))
    office.hear(party("Thomas Okafor", "client", matter_id="m-7", n=2))
    office.hear(closed("m-7", "c-7"))
    office.hear(opened("m-8", "c-7", "s-lead"))
    return office


def test_of_a_client_the_area_lawyer_dates_and_others_of_each_matter() -> None:
    office = firm()
    office.hear(inquiry("Erika Sommer", "Thomas Okafor"))
    row = next(
        hit for hit in office.view(only_task(office), OFFICER)["hits"] if hit["client_id"] == "c-7"
    )
    assert row["matters"] == [
        {"matter_id": "m-8", "area": "family", "lawyer": "s-lead", "state": "open",
         "opened_on": "2026-03-02", "closed_on": "", "others": [], "more": 0},
        {"matter_id": "m-7", "area": "family", "lawyer": "s-owner", "state": "closed",
         "opened_on": "2026-03-02", "closed_on": "2026-03-02",
         "others": ["Karl Koch (adverse party)"], "more": 0},
    ]  # fmt: skip


def test_of_a_party_the_matter_with_its_client_and_the_other_parties() -> None:
    office = firm()
    office.hear(party("Ludwig Lang", "related", matter_id="m-7", n=3))
    office.hear(onboarded("c-9", "Karl Koch"))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    (matter,) = row["matters"]
    assert matter["others"] == ["Thomas Okafor (client)", "Ludwig Lang (related person)"]


def test_of_a_client_with_many_matters_the_open_and_newest_are_shown() -> None:
    office = intake()
    office.hear(onboarded("c-7", "Thomas Okafor"))
    for n in range(9):
        office.hear(opened(f"m-{n}", "c-7"), time=office.now.replace(hour=10 + n))
    office.hear(closed("m-8", "c-7"), time=office.now.replace(hour=22))
    office.hear(inquiry("Erika Sommer", "Thomas Okafor"))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    assert [each["matter_id"] for each in row["matters"]] == ["m-7", "m-6", "m-5", "m-4", "m-3"]


def test_of_many_others_it_is_said_how_many_more() -> None:
    office = firm()
    for n in range(3, 16):
        office.hear(party(f"Zora{n} Quist{n}", "related", matter_id="m-7", n=n))
    office.hear(onboarded("c-9", "Karl Koch"))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    (matter,) = row["matters"]
    assert (len(matter["others"]), matter["more"]) == (10, 4)


BORN = {"birth_date": "1971-04-30", "phone": "+49 30 5551234", "email": "t@example.com"}


def opponent(**known_by: str) -> PartyAdded:
    """Somebody on the other side, known by more than the name."""
    said = party("Thomas Okafor", matter_id="m-7").model_dump(exclude_none=True)
    return PartyAdded.model_validate(said | known_by)


def test_what_both_are_known_by_stands_side_by_side_with_what_it_did_to_the_score() -> None:
    office = intake()
    office.hear(opponent(**BORN))
    other = BORN | {"birth_date": "1988-01-02", "email": "other@example.com"}
    office.hear(onboarded("c-9", "Thomas Okafor", **other))
    (row,) = office.view(only_task(office), OFFICER)["hits"]
    said = {each["label"]: each for each in row["identifiers"]}
    assert said["Born on"] == {
        "label": "Born on", "new": "1988-01-02", "known": "1971-04-30",
        "effect": "Another one: it lowered the score by 25.",
    }  # fmt: skip
    assert said["Telephone"]["effect"] == "The same: it raised the score, by 8 at most."
    assert "did not change the score" in said["E-mail address"]["effect"]


def test_what_became_known_after_the_check_is_said_to_be_no_part_of_its_score() -> None:
    office = intake()
    office.hear(opponent())
    office.hear(onboarded("c-9", "Thomas Okafor", phone=BORN["phone"]))
    office.hear(opponent(phone=BORN["phone"]), time=office.now.replace(hour=10))
    row = next(
        hit for task in office.tasks("conflict-check")
        for hit in office.view(task.task_id, OFFICER)["hits"]
    )  # fmt: skip
    (phone,) = [each for each in row["identifiers"] if each["label"] == "Telephone"]
    assert phone["effect"] == "Known since the check was made: it is not in the score."
