"""What does reputation hold of one client, and what becomes of it when they ask?

That they were asked for a review, and no more: no review is joined to a client here.
"""

from services.reputation.ports import ASKS
from shared.engine.records import Part, Records
from shared.engine.records_parts import by_client, with_client
from shared.engine.records_told import plainly

RECORDS = Records(
    parts=(
        Part(kind=ASKS, data_class="messages", found=by_client, told=plainly, moved=with_client),
    )
)
