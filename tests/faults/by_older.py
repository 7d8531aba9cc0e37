"""In which documents does the release before differ from what is there?

Run by its path over the code of that release: ``by_older.py MONGO_URL STREAM`` rebuilds everything
from the stream's events (a line of JSON each) with that release's own listeners, and prints the
places that differ, and whether it makes nothing of them. It uses only what the release before has
under the same names.
"""

import asyncio
import base64
import json
import sys
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from deploy.infra.migrate import built_apps
from shared.mongo import connect
from tests.faults.reading import Stored
from tests.faults.rebuilding import differences


async def main(url: str, file: Path) -> None:
    """Print them."""
    system: Any = SimpleNamespace(apps=built_apps(), database=lambda service: connect(url, service))
    found = await differences(system, [_stored(line) for line in file.read_text().splitlines()])
    sys.stdout.write(json.dumps([(*each[:3], each[-1] is None) for each in found]))


def _stored(line: str) -> Stored:
    row = json.loads(line)
    return Stored(
        sequence=row["sequence"], type=row["type"], key=row["key"],
        stored_at=datetime.fromisoformat(row["stored_at"]), headers=row["headers"],
        subject=row["subject"], body=base64.b64decode(row["body"]),
    )  # fmt: skip


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
