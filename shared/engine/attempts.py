"""Which event was being tried when the process ended?

An event that ends its process (memory, a defect in a library) takes all that were fetched with it
back to the stream, so how often each was delivered blames the innocent. What is tried alone is
noted beforehand; only an event that is found noted again and again is to blame.
"""

from shared.mongo import Database, answering


class Attempts:
    """How often each event was begun alone and not finished, kept across a consumer's lives."""

    def __init__(self, database: Database, consumer: str) -> None:
        self._notes = database.collection("settings")
        self._id = f"attempts:{consumer}"

    async def begin(self, sequence: int) -> int:
        """Note that this event is tried now; how many times it has been begun, this one too.

        Raises TemporaryError when the database is away: then nothing is tried.
        """
        with answering():
            note = await self._notes.find_one_and_update(
                {"_id": self._id},
                {"$inc": {f"begun.{sequence}": 1}},
                upsert=True,
                return_document=True,
            )
        return int(note["begun"][str(sequence)])

    async def end(self, sequence: int) -> None:
        """It has an outcome, and the process is still there: nothing is held against it."""
        with answering():
            await self._notes.update_one({"_id": self._id}, {"$unset": {f"begun.{sequence}": ""}})
