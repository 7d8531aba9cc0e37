"""Do the official clients of others, in their second language, speak to our doors and hear us?"""

import json
import shutil
import subprocess
from asyncio import to_thread
from pathlib import Path
from typing import Any

import pytest

from services.gateway.domain.signing import signed_headers
from services.gateway.domain.subscriptions import secret_of
from shared.clock import real_now
from tests.gateway.doors import PAID, SECRETS, built
from tests.programs import program
from tests.serving import served

SDKS = Path(__file__).parents[1] / "sdks"
SECRET = secret_of(b"0123456789abcdef0123456789abcdef")
CLOSED = {
    "source": "urn:system:gateway:crm", "type": "matter-closed", "subject": "c-1",
    "data": {"matter_id": "m-1", "client_id": "c-1", "closed_at": "2026-03-01T23:00:00Z"},
}  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clients, as their lock file names them."""
    folder = tmp_path_factory.mktemp("sdks")
    for file in SDKS.iterdir():
        if file.is_file():
            shutil.copy(file, folder)
    install = [program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    subprocess.run(install, cwd=folder, check=True, timeout=300)
    return folder


def spoken(folder: Path, told: dict[str, Any]) -> dict[str, Any]:
    """What the clients were answered."""
    done = subprocess.run(
        [program("node"), "speak.mjs", json.dumps(told, default=str)],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


async def test_what_they_sign_is_taken_once_and_what_we_sign_is_believed(
    installed: Path, tmp_path: Path, port_base: int
) -> None:
    web, office, _, _, _ = built(tmp_path)
    office.now = real_now()
    body = json.dumps({"type": "matter-closed", "subject": "c-1"})
    headers = signed_headers("msg-1", body.encode(), [SECRET], real_now())
    invoice = {
        "id": "evt_1", "object": "event", "type": "invoice.paid",
        "created": int(office.now.timestamp()),
        "data": {"object": {"id": "in_1", "object": "invoice", "metadata": {"client_id": "c-1"}}},
    }  # fmt: skip
    told = {
        "url": f"http://127.0.0.1:{port_base}", "secrets": SECRETS, "paid": PAID, "closed": CLOSED,
        "invoice": invoice, "sent": {"secret": SECRET, "body": body, "headers": headers},
    }  # fmt: skip
    async with served(web, port_base):
        answered = await to_thread(spoken, installed, told)
    assert answered == {
        "standard": 202, "repeated": 202, "forged": 401, "binary": 202, "structured": 202,
        "stripe": 202, "stripeForged": 401, "ours": "matter-closed", "oursChanged": "refused",
    }  # fmt: skip
    office.work_due(office.now)
    said = sorted(each.type for each in office.announced)
    assert said == ["invoice-paid", "invoice-paid", "matter-closed", "matter-closed"]
