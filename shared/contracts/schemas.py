"""What does an event's data look like, in the language other systems check with?"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from shared.contracts.base import EventData
from shared.contracts.encoding import SCHEMA


class _Untitled(GenerateJsonSchema):
    """A field's name says enough; generated titles would only repeat it."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False


def schema_of(event: type[EventData]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of this event's data."""
    generated = event.model_json_schema(schema_generator=_Untitled)
    generated.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SCHEMA}{event.TYPE}:{event.VERSION}",
        "title": event.TYPE,
        **generated,
    }
