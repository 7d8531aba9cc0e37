"""What must hold at any moment, and what once everything has come to rest?"""

from collections import Counter
from random import Random

from services.reminders.domain.contact import TAKEN_BACK, Contact, State
from services.reminders.domain.occurrence import State as Timer
from services.reminders.ports import CARDS, SUBJECTS
from tests.reminders.model.grounds import why_unwanted
from tests.reminders.model.rules import BY_RULE, wanted
from tests.reminders.model.told import LEFT, Told
from tests.reminders.model.watching import key_of, may_go_again
from tests.reminders.model.world import World
from tests.reminders.over_memory import Reminders

PERS = {wish.per for wish in BY_RULE.values()}
SETTLED = frozenset({
    State.HANDED_OVER, State.REFUSED, State.UNKNOWN, State.SUPPRESSED, State.SUPERSEDED,
    State.CANCELLED, State.EXPIRED,
})  # fmt: skip


def no_message_goes_too_often(world: World) -> None:
    """Twice only where it was unknown and the rule or a person says so; never one attempt twice."""
    attempts = Counter((each.contact_id, each.number) for each in world.ledger)
    assert max(attempts.values(), default=0) <= 1, "the mail server has one attempt twice"
    for message_id, copies in Counter(each.contact_id for each in world.ledger).items():
        message = world.messages[message_id]
        allowed = may_go_again(message, world.sent_again[message_id])
        assert copies <= allowed, f"{message.rule_id} went {copies} times"
        unknown = world.unknowns[message_id]
        assert copies <= 1 + unknown, f"{message.rule_id} went {copies} times, unknown {unknown}"


def the_plan_is_what_is_wanted(world: World) -> None:
    """Each occurrence that is wanted has a timer, and nothing else is planned."""
    timers = {key_of(each): each for each in world.timers.values() if each.rule_id in BY_RULE}
    things = {f"{per}:{value}" for each in world.facts.told for per, value in _things(each)}
    for about in things | {f"{thing}{LEFT}{client}" for thing, client in world.facts.last}:
        expected = wanted(world.facts, about)
        for key in expected:
            assert key in timers, f"{key} is wanted and was never planned"
        for key, timer in timers.items():
            if key.about == about and timer.state is Timer.PLANNED:
                assert key in expected, f"{key} is planned and nobody wants it"


def _things(told: Told) -> list[tuple[str, str]]:
    return [(per, value) for per in PERS if (value := told.says(per)) is not None]


def everything_has_one_outcome(world: World) -> None:
    """Each occurrence that is wanted and was due has come to something, exactly once."""
    for about in {timer.thread for timer in world.timers.values()}:
        for key, want in wanted(world.facts, about).items():
            found = [each for each in world.timers.values() if key_of(each) == key]
            assert len(found) == 1, f"{key} has {len(found)} timers"
            (timer,) = found
            if want.due > world.now:
                continue
            assert timer.state not in (Timer.PLANNED, Timer.CANCELLED, Timer.SUPERSEDED) or (
                timer.state is Timer.SUPERSEDED and want.wish.series
            ), f"{key} is wanted and {timer.state}"
            if timer.state is Timer.FIRED and want.wish.sends:
                _is_settled(world, world.messages[timer.contact_id or ""])
    for message in world.messages.values():
        assert message.state in SETTLED, f"{message.rule_id} is still {message.state}"


def _is_settled(world: World, message: Contact) -> None:
    if message.state in TAKEN_BACK and not _later_came_instead(world, message):
        ended = why_unwanted(world.facts, key_of(message))
        assert ended is not None, f"{key_of(message)} is wanted and {message.state}"
    copies = sum(each.contact_id == message.contact_id for each in world.ledger)
    if message.state is State.UNKNOWN:
        tasks = [each for each in world.tasks.values() if each.ref == message.contact_id]
        assert any(task.state == "open" for task in tasks), "unknown, and nobody is asked"
    if message.state is State.HANDED_OVER:
        assert copies or world.unknowns[message.contact_id], "said to be sent, and never was"
    elif message.state is not State.UNKNOWN:
        assert copies <= world.unknowns[message.contact_id], f"{message.state}, and it went"


def _later_came_instead(world: World, message: Contact) -> bool:
    return any(
        each.series_key == message.series_key and each.planned_for > message.planned_for
        for each in world.messages.values()
        if each.series_key is not None and each.state not in TAKEN_BACK
    )


def any_order_ends_the_same(world: World) -> None:
    """The same events, in any order and some of them twice, end in one state."""
    assert _state(world, 0) == _state(world, 1), "the order of events mattered"


def _state(world: World, seed: int) -> list[object]:
    events = sorted(world.heard, key=lambda event: event.stamp)
    if seed:
        chance = Random(seed + len(events))
        events = [*events, *chance.sample(events, len(events) // 2)]
        chance.shuffle(events)
    reminders = Reminders()
    reminders.now = min(event.time for event in events)
    for event in events:
        reminders.hear_event(event)
    plan = [
        (timer.occurrence_id, timer.due_at, timer.valid_until, timer.zone)
        for timer in reminders.timers(Timer.PLANNED)
        if timer.rule_id in BY_RULE
    ]
    return [reminders.all(CARDS), reminders.all(SUBJECTS), plan]
