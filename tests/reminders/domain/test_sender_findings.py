"""Is mail of the firm said to be believed exactly where three things are so?"""

import pytest

from services.reminders.domain.sender_findings import are_related, look_at

SENDER = "office@firm.example"


def codes(results: str | None, shown: str = "Firm <office@firm.example>") -> dict[str, str]:
    fields = [("From", shown)]
    if results is not None:
        fields.append(("Authentication-Results", f"mx.example; {results}"))
    return {each.line: each.code for each in look_at(fields, SENDER).findings}


def amiss(results: str | None, shown: str = "Firm <office@firm.example>") -> list[str]:
    fields = [("From", shown), ("Authentication-Results", f"mx.example; {results}")]
    return [each.line for each in look_at(fields, SENDER).findings if not each.well]


WELL = (
    "spf=pass smtp.mailfrom=b@bounces.firm.example; dkim=pass header.d=firm.example; "
    "dmarc=pass header.from=firm.example"
)


def test_what_passes_everywhere_is_well() -> None:
    assert amiss(WELL) == []
    assert codes(WELL) == {"from": "own", "spf": "pass", "dkim": "pass", "alignment": "pass"}


@pytest.mark.parametrize(
    ("results", "lines"),
    [
        ("spf=softfail; dkim=pass header.d=firm.example; dmarc=pass", ["spf"]),
        ("spf=pass smtp.mailfrom=firm.example; dkim=none; dmarc=pass", ["dkim"]),
        ("spf=pass smtp.mailfrom=firm.example; dmarc=pass", ["dkim"]),
        ("dkim=pass header.d=firm.example; dmarc=pass", ["spf"]),
        ("spf=pass smtp.mailfrom=provider.example; dkim=pass header.d=provider.example; dmarc=fail",
         ["alignment"]),
        ("spf=pass smtp.mailfrom=provider.example; dkim=pass header.d=provider.example",
         ["alignment"]),
        ("spf=fail smtp.mailfrom=firm.example; dkim=fail; dmarc=fail",
         ["spf", "dkim", "alignment"]),
        ("spf=pass smtp.mailfrom=firm.example; dkim=wonderful; dmarc=pass", ["dkim"]),
    ],
)  # fmt: skip
def test_what_does_not_is_named(results: str, lines: list[str]) -> None:
    assert amiss(results) == lines


def test_of_several_signatures_the_one_of_the_firm_counts() -> None:
    two = (
        "spf=pass smtp.mailfrom=x.example; dkim=pass header.d=x.example; "
        "dkim=pass header.d=firm.example"
    )
    assert amiss(two) == []
    assert codes(two)["alignment"] == "aligned"


def test_a_domain_that_says_nothing_of_dmarc_is_told_so_and_believed() -> None:
    said = "spf=pass smtp.mailfrom=firm.example; dkim=pass header.d=firm.example; dmarc=none"
    assert codes(said)["alignment"] == "no-policy"
    assert amiss(said) == []


def test_without_the_word_of_a_server_nothing_is_known() -> None:
    assert codes(None) == {"from": "own", "judged": "nobody"}


def test_a_sender_that_somebody_rewrote_is_named() -> None:
    assert codes(WELL, "x@provider.example")["from"] == "other"
    assert "from" in amiss(WELL, "x@provider.example")


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("firm.example", "firm.example", True),
        ("mail.firm.example", "firm.example", True),
        ("firm.example", "mail.firm.example", True),
        ("example", "firm.example", False),
        ("a.firm.example", "b.firm.example", False),
        ("notfirm.example", "firm.example", False),
        ("", "firm.example", False),
    ],
)
def test_a_domain_speaks_for_itself_and_what_is_below_it(
    one: str, other: str, related: bool
) -> None:
    assert are_related(one, other) is related
