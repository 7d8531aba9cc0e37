"""What follows when the file of staff and keys is read at the start?

The file is the whole truth: who or whose key is no longer in it is no longer let in. Nobody is
deleted, because histories name them.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from services.desk.domain.staff import ApiKey, Seed, StaffMember, hash_of
from services.desk.ports import API_KEYS, STAFF
from shared.state.kinds import Need
from shared.state.unit import Unit


def seed(
    seeds: Sequence[Seed], staff: Iterable[StaffMember], keys: Iterable[ApiKey]
) -> Callable[[Unit], None]:
    """Let in exactly those of the file, with exactly the keys of the file."""
    people, hashes = _staff_of(seeds), _keys_of(seeds)
    left = [each.staff_id for each in staff if each.staff_id not in people]
    revoked = [each.key_hash for each in keys if each.key_hash not in hashes]

    def step(unit: Unit) -> None:
        for person in people.values():
            _put_if_changed(unit, person)
        for key in hashes.values():
            if unit.get(API_KEYS, key.key_hash) != key:
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
) -> Callable[[Unit], Iterable[Need]]:
    """Everybody in the file and in the database, and their keys."""
    people = {*_staff_of(seeds), *(each.staff_id for each in staff)}
    hashes = {*_keys_of(seeds), *(each.key_hash for each in keys)}
    return lambda _unit: [
        *(STAFF.one(each) for each in sorted(people)),
        *(API_KEYS.one(each) for each in sorted(hashes)),
    ]


def _staff_of(seeds: Sequence[Seed]) -> dict[str, StaffMember]:
    """One person may stand on several lines, one per key; the roles add up."""
    people: dict[str, StaffMember] = {}
    for each in seeds:
        known = people.get(each.staff_id)
        roles = sorted({*each.roles, *(known.roles if known else ())})
        people[each.staff_id] = StaffMember(staff_id=each.staff_id, roles=tuple(roles))
    return people


def _keys_of(seeds: Sequence[Seed]) -> dict[str, ApiKey]:
    keys = (
        ApiKey(key_hash=hash_of(each.key), staff_id=each.staff_id) for each in seeds if each.key
    )
    return {key.key_hash: key for key in keys}


def _put_if_changed(unit: Unit, person: StaffMember) -> None:
    if unit.get(STAFF, person.staff_id) != person:
        unit.put(STAFF, person)
