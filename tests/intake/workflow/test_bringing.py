"""Is whoever brings a matter kept from its conflict check, in whatever order it became known?"""

from tests.intake.office import OWNER, intake, onboarded, opened, party


def test_who_leads_a_matter_opened_before_its_client_was_known_is_kept_from_the_check() -> None:
    office = intake()
    office.hear(opened("m-9", "c-1", "s-lead"))
    office.hear(party("Robert Smith", "adverse", matter_id="m-7"))
    office.hear(onboarded(name="Bob Smith", owner_id=OWNER))
    (task,) = office.tasks("conflict-check")
    assert task.barred == ("s-lead", OWNER)
