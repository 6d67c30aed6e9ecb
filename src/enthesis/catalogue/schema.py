"""The closed schemas of the data files, with the lists of words taken from the vocabulary.

``schemas/words.schema.json`` holds the same lists for editors; a test keeps it equal.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["JOINED", "SCHEMA_FOLDER", "bundled_schema", "read_schema", "words_schema"]

SCHEMA_FOLDER = Path(__file__).parent / "schemas"
WORDS = "words.schema.json"

# Lists that join two groups: what a review row may be compared with, and what it may be about.
JOINED = {
    "comparator_or_intervention": ("intervention", "comparator"),
    "condition_or_multiple": ("condition", "pooled_condition"),
}

Schema = Mapping[str, Any]


@cache
def read_schema(name: str) -> Schema:
    """Schema of one kind: 'study', 'review', 'vocabulary' or the shared 'record'."""
    return json.loads((SCHEMA_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))


def words_schema(vocabulary: Mapping[str, Mapping[str, Any]]) -> Schema:
    """One enumeration for each group of words of the vocabulary document."""
    lists = {group: list(words) for group, words in vocabulary.items()}
    joined = {name: [w for group in groups for w in lists[group]] for name, groups in JOINED.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Words",
        "description": "The words of vocabulary.yaml, for editors; made by scripts/docs_catalogue.py",
        "$defs": {
            group: {"title": group.replace("_", " "), "enum": words}
            for group, words in (lists | joined).items()
        },
    }


def bundled_schema(kind: str, vocabulary: Mapping[str, Mapping[str, Any]] | None = None) -> Schema:
    """Schema of one kind with every reference to another file resolved into one document."""
    bundle: dict[str, Any] = {"record.schema.json": read_schema("record")["$defs"]}
    if vocabulary is not None:
        bundle[WORDS] = words_schema(vocabulary)["$defs"]
    return _inline(read_schema(kind), bundle, read_schema(kind).get("$defs", {}))


def _inline(node: Any, bundle: Mapping[str, Any], own: Mapping[str, Any]) -> Any:
    if isinstance(node, list):
        return [_inline(item, bundle, own) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" not in node:
        return {key: _inline(value, bundle, own) for key, value in node.items() if key != "$defs"}
    file, _, name = node["$ref"].partition("#/$defs/")
    target = bundle[file] if file else own
    beside = {key: value for key, value in node.items() if key != "$ref"}
    return _inline(target[name], bundle, target) | beside
