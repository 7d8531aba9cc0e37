"""Does a newcomer who follows the README see what it promises?"""

import re
import subprocess
import sys
from pathlib import Path

from tests.journeys.conftest import Installation
from tests.journeys.firm import Firm

README = Path(__file__).parents[2] / "README.md"
CLIENT = "c-100"


def first_event() -> str:
    """The program the README has its reader save."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    return str(next(block for block in blocks if "asyncio.run" in block))


def run_it(program: str, folder: Path) -> None:
    """Run it where the README has its reader stand."""
    subprocess.run([sys.executable, "-c", program], cwd=folder, check=True, timeout=60)


async def test_the_first_event_by_hand_greets_a_client_once(
    installation: Installation, firm: Firm, tmp_path: Path
) -> None:
    (tmp_path / ".clientele").symlink_to(installation.folder)
    for _ in range(2):
        run_it(first_event(), tmp_path)
    await firm.idle()
    entries = await firm.timeline(CLIENT)
    kinds = [entry["kind"] for entry in entries]
    assert kinds.count("client-onboarded") == kinds.count("conflict-cleared") == 1
    assert [e["why"]["rule_id"] for e in entries if e["kind"] == "contact-planned"] == ["welcome"]
