"""Building blocks of JSON Schema. An object has exactly the named members, since the API never omits one."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

Schema = dict[str, object]

TEXT: Final[Schema] = {"type": "string"}
FLAG: Final[Schema] = {"type": "boolean"}
MOMENT: Final[Schema] = {"type": "string", "format": "date-time"}
NUMBER: Final[Schema] = {"type": "number"}
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
POSITION: Final[Schema] = {"type": "integer", "minimum": 1}
LINK: Final[Schema] = {"type": "string", "format": "uri-reference"}
ESTIMATED: Final[Schema] = {
    "type": "boolean",
    "description": "Whether numbers of stories or outlets are estimates, as in a cluster that runs no scripts.",
}


def record(**members: Schema) -> Schema:
    """An object with exactly these members."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def list_of(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def map_of(values: Schema) -> Schema:
    """An object with any names, all of whose values have one schema."""
    return {"type": "object", "additionalProperties": values}


def optional(schema: Schema) -> Schema:
    """A value that may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(values: type[StrEnum] | Iterable[str]) -> Schema:
    """One of some strings."""
    return {"type": "string", "enum": [str(value) for value in values]}


def described(schema: Schema, description: str) -> Schema:
    """A schema with a description."""
    return {**schema, "description": description}


def reference(name: str) -> Schema:
    """A reference to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}
