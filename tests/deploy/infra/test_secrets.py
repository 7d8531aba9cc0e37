"""Are secrets made once, well, and for their owner only?"""

import stat
from datetime import timedelta
from pathlib import Path

from deploy.infra.secrets import keep, write_private
from deploy.infra.services import SERVICES
from shared.clock import real_now
from shared.contracts.origin import read_origin_key
from shared.requests.actors import read_signer, read_verifier
from shared.state.keys import derive


def test_what_was_made_on_the_first_start_is_kept(data_dir: Path) -> None:
    assert keep(data_dir) == keep(data_dir)


def test_no_two_secrets_are_alike(data_dir: Path) -> None:
    known = keep(data_dir)
    keys = [known.master_key_file(service).read_text() for service in SERVICES]
    keys += [known.link_key_file(service).read_text() for service in SERVICES]
    all_of_them = [*keys, *known.nats.values(), *known.mongo.values(), known.jetstream_key]
    all_of_them += [person["key"] for person in known.staff]
    assert len(set(all_of_them)) == len(all_of_them)
    assert min(len(secret) for secret in all_of_them) >= 32


def test_a_key_is_32_bytes_in_hex(data_dir: Path) -> None:
    text = keep(data_dir).master_key_file("intake").read_text().strip()
    assert len(bytes.fromhex(text)) == 32


def test_another_data_directory_has_other_secrets(tmp_path: Path) -> None:
    assert keep(tmp_path / "one").nats != keep(tmp_path / "two").nats


def test_folders_and_files_are_closed_to_others_whatever_the_umask(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o755)
    known = keep(data_dir)
    assert stat.S_IMODE(data_dir.stat().st_mode) == 0o700
    assert stat.S_IMODE(known.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in known.folder.iterdir()} == {0o600}


def test_a_half_written_file_never_takes_the_place_of_a_whole_one(tmp_path: Path) -> None:
    (tmp_path / "secret.new").write_text("left behind by a killed process")
    write_private(tmp_path / "secret", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_new_installation_asks_for_proof_at_once_and_an_older_one_a_day_after_it_has_the_key(
    tmp_path: Path,
) -> None:
    fresh = read_origin_key(keep(tmp_path / "new").origin_key_file)
    assert fresh.since <= real_now()
    older = keep(tmp_path / "old").origin_key_file
    older.unlink()
    since = read_origin_key(keep(tmp_path / "old").origin_key_file).since
    assert timedelta(hours=23) < since - real_now() < timedelta(hours=25)


def test_each_service_checks_with_its_own_key_whom_the_desk_has_signed_for(data_dir: Path) -> None:
    known = keep(data_dir)
    signer = read_signer(known.actor_signing_key_file)
    keys = [read_verifier(known.actor_key_file(service)).key for service in SERVICES]
    assert keys == [derive(signer.key, f"actor-{service}") for service in SERVICES]
