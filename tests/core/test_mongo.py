"""Does what the driver says of a database that cannot answer now become a reason to wait?"""

import pytest
from pymongo.errors import AutoReconnect, ConfigurationError, NotPrimaryError, OperationFailure

from shared.errors import TemporaryError
from shared.mongo import answering


@pytest.mark.parametrize(
    "failure",
    [
        AutoReconnect("connection closed"),
        NotPrimaryError("not primary"),
        OperationFailure("shutting down", code=91),
        ConfigurationError("Sessions are not supported by this MongoDB deployment"),
    ],
)
def test_a_database_that_stops_or_starts_is_waited_for(failure: Exception) -> None:
    with pytest.raises(TemporaryError), answering():
        raise failure
