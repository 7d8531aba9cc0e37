"""What follows when the file of staff and keys is read at the start?

The file is the whole truth about those it speaks of: who or whose key is no longer in it is no
longer let in. Whoever was added or disabled by a command stays so. Nobody is deleted, because
histories name them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from services.desk.domain.accounts import READ_BY_CLIENTS, Account, address_in, plain_user
from services.desk.domain.staff import ApiKey, Seed, StaffMember, hash_of
from services.desk.ports.signing_in import ACCOUNTS
from services.desk.ports.staff import API_KEYS, STAFF
from services.desk.workflow.walling import newcomer_needs, walls_of_newcomer
from shared.state.document_types import Need
from shared.state.unit_of_work import ReadSoFar, UnitOfWork


def seed(
    seeds: Sequence[Seed], staff: Iterable[StaffMember], keys: Iterable[ApiKey]
) -> Callable[[UnitOfWork], None]:
    """Let in exactly those of the file, with exactly the keys of the file."""
    people, hashes = _staff_of(seeds), _keys_of(seeds)
    left = [e.staff_id for e in staff if e.staff_id not in people and not e.by_command]
    revoked = [each.key_hash for each in keys if each.key_hash not in hashes]

    def step(unit: UnitOfWork) -> None:
        for person in people.values():
            if not _was_disabled(unit, person.staff_id):
                _put_if_changed(unit, walls_of_newcomer(_as_away_as_before(person, unit), unit))
        for key in hashes.values():
            known = unit.get(API_KEYS, key.key_hash)
            if known != key and not _was_disabled(unit, key.staff_id):
                unit.put(API_KEYS, key)
        for staff_id in left:
            gone = unit.get(STAFF, staff_id)
            if gone is not None:
                _put_if_changed(unit, replace(gone, active=False))
        for key_hash in revoked:
            known = unit.get(API_KEYS, key_hash)
            if known is not None and known.active:
                unit.put(API_KEYS, replace(known, active=False))

    return step


def seed_needs(
    seeds: Sequence[Seed], staff: Iterable[StaffMember], keys: Iterable[ApiKey]
) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Everybody in the file and in the database, and their keys."""
    people = {*_staff_of(seeds), *(e.staff_id for e in staff), *(k.staff_id for k in keys)}
    hashes = {*_keys_of(seeds), *(each.key_hash for each in keys)}
    return lambda _unit: [
        *(STAFF.one(each) for each in sorted(people)),
        *(API_KEYS.one(each) for each in sorted(hashes)),
        *newcomer_needs(people),
    ]


def open_accounts(seeds: Sequence[Seed], hashes: Mapping[str, str]) -> Callable[[UnitOfWork], None]:
    """Whoever the file gives a password can sign in, an address is written to, a name is named.

    A password of their own is never replaced.
    ``hashes``: of the passwords, by person, because making one takes chance.
    """

    said: dict[str, set[str]] = {}
    for each in seeds:
        said.setdefault(each.staff_id, set()).update(n for n in READ_BY_CLIENTS if getattr(each, n))

    def step(unit: UnitOfWork) -> None:
        for each in seeds:
            known = unit.get(ACCOUNTS, each.staff_id) or Account(staff_id=each.staff_id)
            if not any((each.user, each.email, each.name)) or _was_disabled(unit, each.staff_id):
                continue
            account = replace(
                known,
                email=each.email or known.email or address_in(each.user or ""),
                name=each.name or known.name,
                phone=each.phone or known.phone,
                title=each.title or known.title,
                from_file=tuple(sorted(said[each.staff_id])),
            )
            if each.user is not None:
                user = plain_user(each.user)
                password = known.password or hashes.get(each.staff_id)
                account = replace(account, user=user, name=account.name or user, password=password)
            if account != known:
                unit.put(ACCOUNTS, account)

    return step


def account_needs(seeds: Sequence[Seed]) -> Callable[[ReadSoFar], Iterable[Need]]:
    """Everybody in the file, and how they sign in so far."""
    return lambda _unit: [
        *(STAFF.one(each.staff_id) for each in seeds),
        *(ACCOUNTS.one(each.staff_id) for each in seeds),
    ]


def _was_disabled(unit: UnitOfWork, staff_id: str) -> bool:
    known = unit.get(STAFF, staff_id)
    return known is not None and known.by_command and not known.active


def _as_away_as_before(person: StaffMember, unit: UnitOfWork) -> StaffMember:
    """The file does not say when somebody is away: what the desk was told of it stays."""
    known = unit.get(STAFF, person.staff_id)
    return replace(person, absences=known.absences) if known is not None else person


def _staff_of(seeds: Sequence[Seed]) -> dict[str, StaffMember]:
    """One person may stand on several lines, one per key; the roles add up."""
    people: dict[str, StaffMember] = {}
    for each in seeds:
        known = people.get(each.staff_id)
        roles = sorted({*each.roles, *(known.roles if known else ())})
        leads = sorted({*each.leads, *(known.leads if known else ())})
        people[each.staff_id] = StaffMember(
            staff_id=each.staff_id, roles=tuple(roles), leads=tuple(leads)
        )
    return people


def _keys_of(seeds: Sequence[Seed]) -> dict[str, ApiKey]:
    keys = (
        ApiKey(key_hash=hash_of(each.key), staff_id=each.staff_id) for each in seeds if each.key
    )
    return {key.key_hash: key for key in keys}


def _put_if_changed(unit: UnitOfWork, person: StaffMember) -> None:
    if unit.get(STAFF, person.staff_id) != person:
        unit.put(STAFF, person)
