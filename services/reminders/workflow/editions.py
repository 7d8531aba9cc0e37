"""A person prepares, proposes or approves an edition: what is kept, and what comes into force?

Whoever asks has read the files into rules already; a step decides over what is kept, so that two
people at once cannot approve against each other.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from services.reminders.domain.edition import (
    HEAD,
    Edition,
    Head,
    State,
    all_of,
    approved,
    begun,
    check_base,
    draft_of,
    edited,
    proposed,
    rejected,
    superseded,
    with_next,
)
from services.reminders.domain.edition_files import Files, hash_of, laid_over
from services.reminders.domain.edition_looks import keeping_logo
from services.reminders.domain.simulation import changes_rules, simulation_of
from services.reminders.domain.upgrades import Readings
from services.reminders.domain.value_edit import merged_values
from services.reminders.ports import EDITION_HEAD, EDITIONS, EVERY, SIMULATIONS
from services.reminders.workflow.edition_tasks import ask_second, end_task, needs_of_task
from services.reminders.workflow.edition_values import bring_values, publish_or_say
from services.reminders.workflow.firm_config import FirmConfig, FirmRules
from services.reminders.workflow.playbook_versions import needs_of_publishing
from shared.editions import NAME, VALUES
from shared.errors import RuleError
from shared.firm.folder import FILE
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def needs_of_editions(unit: ReadSoFar) -> Iterator[Need]:
    """Which one is in force, and what it says."""
    yield EDITION_HEAD.one(HEAD)
    head = unit.peek(EDITION_HEAD, HEAD)
    if head is not None and head.in_force:
        yield EDITIONS.one(str(head.in_force))


def needs_of_all(unit: ReadSoFar) -> Iterator[Need]:
    """Every edition and proposal there ever was."""
    yield from needs_of_editions(unit)
    yield EDITIONS.by("all", EVERY)


def head_in(unit: UnitOfWork) -> Head:
    """The head; one that says nothing yet where no edition was ever proposed."""
    return unit.get(EDITION_HEAD, HEAD) or Head()


@dataclass(frozen=True)
class EditionSteps:
    """What people do about editions."""

    config: FirmConfig

    def needs(self, edition_id: str, unit: ReadSoFar) -> Iterator[Need]:
        """One edition or draft, and the one in force."""
        yield from needs_of_editions(unit)
        yield EDITIONS.one(edition_id)
        yield from needs_of_task(edition_id)

    def needs_of_proposing(self, staff_id: str, request_id: str, unit: ReadSoFar) -> Iterator[Need]:
        """A person's draft, and what was proposed under this request already."""
        yield from self.needs(draft_of(staff_id), unit)
        yield EDITIONS.by("request", request_id)
        head = unit.peek(EDITION_HEAD, HEAD)
        yield EDITIONS.one(str((head.last if head else 0) + 1))

    def needs_of_approving(
        self, edition_id: str, rules: FirmRules, unit: ReadSoFar
    ) -> Iterable[Need]:
        """And every rule that it publishes."""
        yield from self.needs(edition_id, unit)
        yield from needs_of_publishing(rules.published)
        yield VALUES.one(NAME)
        edition = unit.peek(EDITIONS, edition_id)
        if edition is not None:
            yield SIMULATIONS.one(simulation_of(edition))

    def edition_in_force(self, unit: UnitOfWork) -> Edition | None:
        """The one approved last; None while the folder, or what is shipped, holds."""
        head = head_in(unit)
        return unit.get(EDITIONS, str(head.in_force)) if head.in_force else None

    def in_force(self, unit: UnitOfWork) -> Files:
        """What the edition in force says; where there is none, the folder."""
        edition = self.edition_in_force(unit)
        return self.config.folder if edition is None else all_of(edition, self.config.folder)

    def draft(self, staff_id: str, unit: UnitOfWork) -> Edition:
        """A person's draft; where they have none, one that says what is in force."""
        there = unit.get(EDITIONS, draft_of(staff_id))
        if there is not None:
            return there
        return begun(staff_id, head_in(unit).in_force, self.in_force(unit), unit.now)

    def edit(
        self, staff_id: str, changed: Mapping[str, str | None], seen: Mapping[str, str],
        unit: UnitOfWork,
    ) -> Edition:  # fmt: skip
        """Files of a person's draft, as they are to be; None takes one away.

        ``seen``: the hash of each file as it was shown; RuleError where it is another by now.
        """
        draft = self.draft(staff_id, unit)
        if all(draft.files.get(place) == text for place, text in changed.items()):
            return draft
        for place, hashed in seen.items():
            if hashed != hash_of({place: draft.files.get(place, "")}):
                raise RuleError(
                    f"{place} was changed meanwhile, in another window: look at it, and change it "
                    "again. What you typed stands here still.",
                    code="changed-meanwhile",
                    field="text",
                )
        files = {**draft.files, **{place: text for place, text in changed.items() if text}}
        gone = {place for place, text in changed.items() if text is None}
        kept = {place: text for place, text in files.items() if place not in gone}
        after = edited(draft, kept, unit.now)
        self._keep(after, unit)
        return after

    def discard(self, staff_id: str, unit: UnitOfWork) -> None:
        """The draft goes; what is in force stays."""
        unit.remove(EDITIONS, draft_of(staff_id))

    def take_in(self, staff_id: str, unit: UnitOfWork) -> frozenset[str]:
        """The draft stands on what is in force now; the files that both changed: the draft's stay.

        Nothing of either is lost: what others changed is in it, unless the draft changed the same.
        Of ``firm.toml`` that is so value by value.
        """
        draft, in_force = self.draft(staff_id, unit), self.in_force(unit)
        files, both = laid_over(draft.files, draft.base_files, in_force)
        if FILE in both:
            three = (each.get(FILE, "") for each in (draft.files, draft.base_files, in_force))
            text, one_value = merged_values(*three)
            files = {name: said for name, said in {**files, FILE: text}.items() if said.strip()}
            both = both if one_value else both - {FILE}
        head = head_in(unit)
        moved = replace(
            draft, base=head.in_force, base_files=dict(in_force), letters=True, logo=True
        )
        self._keep(edited(moved, keeping_logo(files, both), unit.now), unit)
        return both

    def again(self, staff_id: str, edition_id: str, unit: UnitOfWork) -> Edition:
        """An earlier edition becomes the draft; RuleError where there is another one.

        What was in force comes back as it was. A proposal that never was keeps what it changes,
        over what is in force now.
        """
        earlier, there = unit.get(EDITIONS, edition_id), unit.get(EDITIONS, draft_of(staff_id))
        if earlier is None or earlier.state is State.DRAFT:
            raise RuleError("There is no such edition.", code="unknown")
        if there is not None and there.files != there.base_files:
            raise RuleError("You have a draft already: propose it or put it away first.",
                            code="draft-there")  # fmt: skip
        fresh = begun(staff_id, head_in(unit).in_force, self.in_force(unit), unit.now)
        files = all_of(earlier, self.config.folder)
        if earlier.state in (State.PROPOSED, State.REJECTED):
            files, _ = laid_over(files, earlier.base_files, fresh.files)
        after = edited(fresh, files, unit.now)
        self._keep(after, unit)
        return after

    def propose(
        self, staff_id: str, content_hash: str, note: str, request_id: str, unit: UnitOfWork
    ) -> Edition:
        """The draft gets a number, and waits for a second person; once under one request."""
        for there in unit.find(EDITIONS, "request", request_id):
            return there
        draft = self.draft(staff_id, unit)
        if draft.content_hash != content_hash:
            raise RuleError("The draft was changed meanwhile: look at it again.",
                            code="other-content")  # fmt: skip
        edition = self._numbered(replace(draft, request_id=request_id), note, unit)
        if unit.get(EDITIONS, draft.edition_id) is not None:
            unit.remove(EDITIONS, draft.edition_id)
        return edition

    def propose_files(
        self, by: str, files: Files, note: str, request_id: str, unit: UnitOfWork
    ) -> Edition:
        """A folder becomes a proposal on top of what is in force now; once under one request."""
        for there in unit.find(EDITIONS, "request", request_id):
            return there
        base = begun(by, head_in(unit).in_force, self.in_force(unit), unit.now)
        made = replace(edited(base, files, unit.now), request_id=request_id)
        return self._numbered(made, note, unit)

    def approve(
        self, edition_id: str, content_hash: str, by: str, why: str, rules: FirmRules,
        shipped: Readings, unit: UnitOfWork,
    ) -> Edition:  # fmt: skip
        """In force a moment later; the one before is superseded. RuleError says why not."""
        edition, head = _there(unit.get(EDITIONS, edition_id)), head_in(unit)
        if (edition.state, edition.decided_by) == (State.APPROVED, by):
            return edition  # asked twice
        after = approved(
            edition, content_hash=content_hash, by=by, head=head, in_force=self.in_force(unit),
            sole=self.config.letters.sole_practice, why=why, shipped=shipped, now=unit.now,
        )  # fmt: skip
        self._check_simulated(edition, unit)
        publish_or_say(rules, unit)
        before = unit.get(EDITIONS, str(head.in_force)) if head.in_force else None
        if before is not None:
            unit.put(EDITIONS, superseded(before))
        unit.put(EDITIONS, after)
        unit.put(EDITION_HEAD, with_next(head, after))
        bring_values(after, unit)
        end_task(after, unit)
        return after

    def reject(self, edition_id: str, by: str, why: str, unit: UnitOfWork) -> Edition:
        """It does not come into force."""
        after = rejected(_there(unit.get(EDITIONS, edition_id)), by=by, why=why, now=unit.now)
        unit.put(EDITIONS, after)
        end_task(after, unit)
        return after

    def check(self, edition: Edition, unit: UnitOfWork) -> RuleError | None:
        """Whether something else came into force since it was made."""
        try:
            check_base(edition, head_in(unit), self.in_force(unit))
        except RuleError as stale:
            return stale
        return None

    def _check_simulated(self, edition: Edition, unit: UnitOfWork) -> None:
        """RuleError where the firm wants to see first what a change of rules would have done."""
        if not self.config.simulate_first or not changes_rules(edition):
            return
        run = unit.get(SIMULATIONS, simulation_of(edition))
        if run is None or run.found is None:
            raise RuleError("The firm approves no change of rules without its simulation: start "
                            "one, look at what it found, and approve.",
                            code="not-simulated")  # fmt: skip

    def _numbered(self, draft: Edition, note: str, unit: UnitOfWork) -> Edition:
        head = head_in(unit)
        edition = proposed(draft, head, self.in_force(unit), note, unit.now)
        unit.add(EDITIONS, edition)
        unit.put(EDITION_HEAD, with_next(head, edition))
        ask_second(self.config, edition, unit)
        return edition

    def _keep(self, draft: Edition, unit: UnitOfWork) -> None:
        if unit.get(EDITIONS, draft.edition_id) != draft:
            unit.put(EDITIONS, draft)


def _there(edition: Edition | None) -> Edition:
    if edition is None:
        raise RuleError("There is no such edition.", code="unknown")
    return edition
