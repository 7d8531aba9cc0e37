"""Which event was being tried when the process ended?

An event that ends its process (memory, a defect in a library) takes all that were fetched with it
back to the stream, so how often each was delivered blames the innocent. What is tried alone is
noted beforehand; only an event that is found noted again and again is to blame.
"""

from shared.mongo import Database, answering


class Attempts:
    """The one event a consumer tries alone just now, kept across its lives."""

    def __init__(self, database: Database, consumer: str) -> None:
        self._notes = database.collection("settings")
        self._id = f"attempt:{consumer}"

    async def begin(self, sequence: int) -> int:
        """Note that this event is tried now; how many times in a row it has been, this one too.

        Raises TemporaryError when the database is away: then nothing is tried.
        """
        again = {"$eq": ["$sequence", sequence]}
        lives = {"$cond": [again, {"$add": ["$lives", 1]}, 1]}
        with answering():
            note = await self._notes.find_one_and_update(
                {"_id": self._id},
                [{"$set": {"sequence": sequence, "lives": lives}}],
                upsert=True,
                return_document=True,
            )
        return int(note["lives"])
