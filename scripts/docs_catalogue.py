#!/usr/bin/env python3
"""Writes the reference pages of the data files, and the lists of words that editors use, from their sources.

python scripts/docs_catalogue.py            writes them
python scripts/docs_catalogue.py --check    fails when one of them is not current
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from written_pages import write_or_check

from enthesis.catalogue import load
from enthesis.catalogue.laws import LAWS, CatalogueLaw, DocumentLaw, Gravity, Law
from enthesis.catalogue.schema import JOINED, SCHEMA_FOLDER, read_schema, words_schema
from enthesis.domain.vocabulary import Vocabulary

REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"
MADE = "<!-- Made by scripts/docs_catalogue.py. Do not edit by hand. -->\n"
TYPE_WORDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "null": "null",
    "object": "group",
    "array": "list",
}
LIMIT_WORDS = {
    "minimum": "at least",
    "maximum": "at most",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}


def main() -> int:
    """Write or check every page."""
    return write_or_check(pages(), __file__)


def pages() -> dict[Path, str]:
    """Text of every generated file."""
    vocabulary = load().vocabulary
    return {
        SCHEMA_FOLDER / "words.schema.json": words_text(vocabulary),
        REFERENCE / "catalogue-laws.md": laws_page(),
        REFERENCE / "study-format.md": format_page("study", "A study file", "studies"),
        REFERENCE / "review-format.md": format_page("review", "A review file", "reviews"),
        REFERENCE / "vocabulary.md": vocabulary_page(vocabulary),
    }


def words_text(vocabulary: Vocabulary) -> str:
    """Lists of words as a schema, one group per line."""
    schema = words_schema(vocabulary.words)
    groups = ",\n".join(f"    {json.dumps(g)}: {json.dumps(s)}" for g, s in schema["$defs"].items())
    head = "".join(f"  {json.dumps(k)}: {json.dumps(v)},\n" for k, v in schema.items() if k != "$defs")
    return f'{{\n{head}  "$defs": {{\n{groups}\n  }}\n}}\n'


def laws_page() -> str:
    """Every law with its reason, errors first."""
    return "\n".join(
        [
            "# Laws of the catalogue\n",
            MADE,
            "`enthesis catalogue check` asks these of every file. A breach of an **error** keeps the",
            "catalogue from loading; a **warning** is listed for a person to look at. Each message names",
            "file, line and field and says the repair.\n",
            *_laws("About one study", lambda law: isinstance(law, DocumentLaw) and law.kind == "study"),
            *_laws(
                "About one review or guideline",
                lambda law: isinstance(law, DocumentLaw) and law.kind == "review",
            ),
            *_laws("About files seen together", lambda law: isinstance(law, CatalogueLaw)),
        ]
    )


def _laws(title: str, belongs: Any) -> Iterator[str]:
    yield f"## {title}\n"
    for gravity in Gravity:
        chosen: list[Law] = [law for law in LAWS if belongs(law) and law.gravity is gravity]
        if chosen:
            yield f"### {gravity.value.capitalize()}s\n"
        for law in chosen:
            reason = f" {' '.join(law.reason.split())}" if law.reason else ""
            yield f"- **{law.id}**: {law.statement}{reason}".replace("``", "`")
        yield ""


def format_page(kind: str, title: str, folder: str) -> str:
    """Every field of one kind of file: meaning, and what is allowed."""
    lines = [
        f"# {title}\n",
        MADE,
        f"One YAML file in `catalogue/{folder}/`, named after its `id`. What was not seen is left out.",
        "Fields in **bold** must be there. [The vocabulary](vocabulary.md) explains the words of each list,",
        "and [the laws](catalogue-laws.md) say what must hold between fields.\n",
    ]
    for place, node in _groups("", read_schema(kind)):
        lines += [f"## {place or 'The file'}\n"]
        lines += [f"{node['description']}.\n"] if place and "description" in node else []
        lines += ["| Field | Meaning | Allowed |", "|---|---|---|"]
        for name, field in node["properties"].items():
            shown = f"**{name}**" if name in node.get("required", ()) else name
            lines.append(f"| {shown} | {_resolve(field).get('description', '')} | {_allowed(field)} |")
        lines += [*_conditions(node), ""]
    return "\n".join(lines)


def _groups(place: str, node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every group of fields below a node, with the place where it stands."""
    node = _resolve(node)
    if "properties" in node:
        yield place, node
        for name, below in node["properties"].items():
            yield from _groups(f"{place}.{name}".lstrip("."), below)
    elif node.get("type") == "array":
        yield from _groups(f"{place}[]", node["items"])
    elif isinstance(node.get("additionalProperties"), dict):
        yield from _groups(f"{place}.{{arm}}", node["additionalProperties"])


def _resolve(node: Mapping[str, Any]) -> Mapping[str, Any]:
    file, _, name = node.get("$ref", "").partition("#/$defs/")
    if not name or file == "words.schema.json":
        return node
    beside = {key: value for key, value in node.items() if key != "$ref"}
    return {**read_schema("record")["$defs"][name], **beside}


def _allowed(field: Mapping[str, Any]) -> str:
    if field.get("$ref", "").startswith("words.schema.json"):
        name = field["$ref"].partition("#/$defs/")[2]
        groups = JOINED.get(name, (name,))
        return "a word of " + " or ".join(f"[{group}](vocabulary.md#{group})" for group in groups)
    field = _resolve(field)
    if "const" in field:
        return f"only `{json.dumps(field['const'])}`"
    if "enum" in field:
        return ", ".join(f"`{word}`" for word in field["enum"])
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    said = " or ".join(TYPE_WORDS[t] for t in types)
    said += "".join(f", {word} {field[key]}" for key, word in LIMIT_WORDS.items() if key in field)
    if "array" in types:
        size = f" of {field['minItems']}" if field.get("maxItems") else ""
        said += f"{size}: {_allowed(field['items'])}"
    if "examples" in field:
        said += f", like `{field['examples'][0]}`"
    return said


def _conditions(node: Mapping[str, Any]) -> Iterator[str]:
    if "anyOf" in node:
        names = [f"`{name}`" for option in node["anyOf"] for name in option["required"]]
        yield f"\nAt least one of {', '.join(names)}."
    for field, needed in node.get("dependentRequired", {}).items():
        yield f"\n`{field}` needs {' and '.join(f'`{name}`' for name in needed)} beside it."


def vocabulary_page(vocabulary: Vocabulary) -> str:
    """Every word of every group with its label and meaning."""
    lines = ["# Vocabulary\n", MADE, "The words that data files may use, from `catalogue/vocabulary.yaml`.\n"]
    for group, words in vocabulary.words.items():
        lines += [f"## {group}\n", "| Word | Label | Meaning |", "|---|---|---|"]
        lines += [f"| `{word.id}` | {word.label} | {word.meaning} |" for word in words.values()]
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
