"""Where does a command reach the services that run?"""

import os
from pathlib import Path

from deploy.trial import connection

OPS_URL_SETTING = "CLIENTELE_OPS_NATS_URL"


def ops_url(data_dir: Path) -> str:
    """The address with the log-in for operators: the setting, or the installation kept here.

    Raises NotRunningError where neither says one.
    """
    return os.environ.get(OPS_URL_SETTING) or str(connection.read(data_dir)["ops_nats_url"])
