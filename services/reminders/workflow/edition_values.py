"""An edition is approved: how do every service's values and the published rules follow?"""

from services.reminders.domain.edition import Edition
from services.reminders.workflow.firm_config import FirmRules
from services.reminders.workflow.playbook_versions import ChangedRuleError, publish
from shared.contracts.firm_editions import FirmEditionApproved, FirmFileSaid, FirmPictureSaid
from shared.editions import VALUES, values_said_by
from shared.errors import RuleError
from shared.firm.edition_parts import pictures_of, values_of
from shared.state.unit_of_work import UnitOfWork


def bring_values(edition: Edition, unit: UnitOfWork) -> None:
    """Every service goes by its values, from the instant it is in force."""
    pictures = pictures_of(edition.files)
    said = FirmEditionApproved(
        edition_id=edition.edition_id,
        edition=edition.number,
        content_hash=edition.content_hash,
        in_force_at=edition.from_at or unit.now,
        files=tuple(
            FirmFileSaid(place=place, text=text)
            for place, text in values_of(edition.files).items()
            if place not in pictures
        ),
        pictures=tuple(FirmPictureSaid(place=each, base64=pictures[each]) for each in pictures),
    )
    unit.put(VALUES, values_said_by(said))
    unit.announce(said)


def publish_or_say(rules: FirmRules, unit: UnitOfWork) -> None:
    """Publish its rules; RuleError where one says something else than its published version."""
    try:
        publish(rules.published, unit)
    except ChangedRuleError as changed:
        raise RuleError(changed.message, code="changed-rule", field="files") from None
