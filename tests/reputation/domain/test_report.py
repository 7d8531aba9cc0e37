"""Are the reasons those of the site itself?"""

import pytest

from services.reputation.domain.report import OF_SITE, check_reason, every_reason, reasons_of
from shared.contracts.task_kinds import REPORT_REASONS
from shared.errors import RuleError


@pytest.mark.parametrize("site", [*OF_SITE, "somewhere-new"])
def test_every_site_takes_its_own_reasons_and_no_others(site: str) -> None:
    for reason in every_reason():
        if reason in reasons_of(site):
            check_reason(site, reason)
            continue
        with pytest.raises(RuleError) as refused:
            check_reason(site, reason)
        assert refused.value.field == "report_reason"


def test_the_spelling_of_a_site_does_not_matter() -> None:
    assert reasons_of(" Google") == OF_SITE["google"]


def test_the_task_takes_every_reason_of_every_site() -> None:
    assert every_reason() == REPORT_REASONS
