"""Does a firm list companies that belong together, and is a line that cannot be read named?"""

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from services.intake.app import read_companies
from services.intake.domain.company_groups import group_of, list_firms
from services.intake.domain.firms_companies import CompaniesError, companies_of
from services.intake.domain.matching import compare, compared_with
from services.intake.domain.readings import read_names
from services.intake.domain.search_keys import WHOLE_NAME, filing_keys, looking_keys
from services.intake.domain.wording import reasons_in_words
from tests.intake.office import DECLINED, OFFICER, intake, onboarded, only_task, party

LINES = [
    "# whom we meet",
    "Volkswagen AG = VW = Wolfsburger: Audi AG = Audi; Seat S.A.; Škoda Auto a.s.  # since 2000",
    "Bayerische Motoren Werke AG = BMW",
]
GROUP = ("VW", "Volkswagen", "Volkswagen Aktiengesellschaft", "AUDI", "Seat SA", "Skoda Auto")


@pytest.fixture(autouse=True)
def listed() -> Iterator[None]:
    """The firm's list is in force, and nothing else is remembered before and after."""
    caches = (compared_with, looking_keys, read_names)
    for each in caches:
        each.cache_clear()
    list_firms(companies_of("own.txt", LINES))
    yield
    list_firms({})
    for each in caches:
        each.cache_clear()


@pytest.mark.parametrize(("new", "known"), list(permutations(GROUP, 2)))
def test_whoever_is_listed_together_is_found_whichever_comes(new: str, known: str) -> None:
    match = compare(new, known)
    assert match is not None
    assert not set(looking_keys(new)).isdisjoint(filing_keys(known))
    whole = {key for key in looking_keys(new) if key.startswith(WHOLE_NAME)}
    assert not whole.isdisjoint(filing_keys(known))


@pytest.mark.parametrize(
    ("new", "known", "reason"),
    [
        ("Wolfsburger", "Volkswagen AG", "names of one company, as the firm's own list says"),
        ("Seat S.A.", "Audi AG", "companies of one group, as the firm's own list says"),
    ],
)
def test_why_they_go_together_is_said_in_words(new: str, known: str, reason: str) -> None:
    match = compare(new, known)
    assert match is not None
    assert reasons_in_words(match.reasons) == [reason]


@pytest.mark.parametrize(
    ("new", "known", "group"),
    [
        ("Seat S.A.", "Audi AG", "Volkswagen AG"),
        ("Audi AG", "VW", "Volkswagen AG"),
        ("Wolfsburger", "Volkswagen AG", ""),
        ("Audi AG", "BMW", ""),
        ("Opel AG", "Audi AG", ""),
    ],
)
def test_a_group_is_called_by_the_first_name_of_its_line(new: str, known: str, group: str) -> None:
    assert group_of(read_names(new), read_names(known)) == group


def test_a_group_that_is_listed_no_more_is_not_named() -> None:
    list_firms({})
    assert group_of(read_names("Seat S.A."), read_names("Audi AG")) == ""
    assert reasons_in_words(["one-group"]) == [
        "companies of one group, as the firm's own list says"
    ]


def test_of_one_group_is_less_alike_than_of_one_company() -> None:
    group, company = compare("Seat S.A.", "Audi AG"), compare("Wolfsburger", "Volkswagen AG")
    assert group is not None
    assert company is not None
    assert group.score < company.score


@pytest.mark.parametrize(
    ("new", "known"),
    [("BMW", "Volkswagen AG"), ("Anna Audi", "Volkswagen AG"), ("Audi Zentrum Bonn GmbH", "VW")],
)
def test_what_is_not_listed_together_stays_apart(new: str, known: str) -> None:
    assert compare(new, known) is None


def test_the_plain_reading_is_kept() -> None:
    match = compare("Audi AG", "Audi GmbH")
    assert match is not None
    assert "legal-form" in match.reasons


def test_a_client_of_the_group_of_an_opponent_is_put_before_the_officer() -> None:
    office = intake()
    office.hear(party("Audi AG", "adverse"))
    office.hear(onboarded("c-9", "VW"))
    [hit] = office.view(only_task(office), OFFICER)["hits"]
    assert hit["reasons"] == ["companies of one group (Volkswagen AG), as the firm's own list says"]
    office.decide(only_task(office), "decline", DECLINED, actor=OFFICER)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Siemens AG", "line 2: write a second name of the company, or companies of its group"),
        ("Siemens AG = ", "line 2: a name is missing"),
        ("Siemens AG: Osram;", "line 2: a name is missing"),
        ("Siemens AG = Familie Huber", "line 2: 'Familie Huber' is not the name of a company"),
        ("Daimler AG: VW", "line 2: 'VW' stands in line 1 already"),
        ("Siemens AG = Siemens Aktiengesellschaft = Siemens: Siemens GmbH", "stands here already"),
        ("X AG: " + "; ".join(f"Y{n} AG" for n in range(100)), "line 2: these are more than 100"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str, complaint: str) -> None:
    with pytest.raises(CompaniesError, match=complaint):
        companies_of("own.txt", ["Volkswagen AG = VW", line])


def test_a_file_that_is_not_there_is_named_with_its_setting(tmp_path: Path) -> None:
    with pytest.raises(CompaniesError, match="CLIENTELE_COMPANIES_FILE"):
        read_companies(tmp_path / "none.txt")


def test_the_example_firm_has_such_a_list() -> None:
    listed = read_companies(Path("examples/firm/companies.txt"))
    assert {"nwh", "nordwindholding"} <= listed.keys()
