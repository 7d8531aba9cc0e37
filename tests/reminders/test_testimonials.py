"""Is a client asked once about each wording, and only who may be?"""

from typing import Any

from shared.contracts.firm import MatterClosed
from shared.contracts.intake import ConsentGranted
from shared.contracts.testimonials import TestimonialRequested, TestimonialWithdrawn
from tests.reminders.over_memory import MONDAY, OPENED, Reminders, client

CLOSED = MatterClosed.model_validate({"matter_id": "m-1", "client_id": "c-1", "closed_at": MONDAY})
AGREED = ConsentGranted(client_id="c-1", purpose="marketing", at=MONDAY)


def of_wording(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"testimonial_id": "testimonial-1", "client_id": "c-1", "matter_id": "m-1",
            "revision": number, "wording_id": f"wording-{number}", "text_hash": "0" * 64,
            "at": MONDAY, **more}  # fmt: skip


def asked(number: int = 1) -> TestimonialRequested:
    return TestimonialRequested.model_validate(of_wording(number))


def edited(number: int = 1) -> TestimonialWithdrawn:
    more = {"because": "edited", "was_published": False}
    return TestimonialWithdrawn.model_validate(of_wording(number, **more))


def sent(reminders: Reminders) -> int:
    reminders.after(days=3)
    return reminders.sent_rules().count("testimonial-ask")


def test_who_agreed_to_such_messages_is_asked_once_the_matter_is_closed() -> None:
    reminders = Reminders()
    reminders.tell(client(), OPENED, CLOSED, AGREED, asked())
    assert sent(reminders) == 1


def test_who_did_not_agree_or_whose_matter_is_open_is_not_asked() -> None:
    silent, early = Reminders(), Reminders()
    silent.tell(client(), OPENED, CLOSED, asked())
    early.tell(client(), OPENED, AGREED, asked())
    assert (sent(silent), sent(early)) == (0, 0)
    assert ("testimonial-ask", "no-consent") in silent.suppressed()


def test_other_words_are_asked_about_anew_though_those_before_were_withdrawn_just_then() -> None:
    reminders = Reminders()
    reminders.tell(client(), OPENED, CLOSED, AGREED, asked(), edited(), asked(2))
    assert sent(reminders) == 1
