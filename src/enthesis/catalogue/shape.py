"""Whether a document has the fields, types and words that its schema allows, told in plain sentences."""

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache, cached_property
from typing import Any

from enthesis.catalogue.findings import Breach, Document, Path
from enthesis.catalogue.schema import bundled_schema

__all__ = ["ShapeChecker"]

TYPE_NAMES = {
    "object": "a group of fields",
    "array": "a list",
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "null",
}
LIMITS = {
    "minimum": "not below",
    "maximum": "not above",
    "exclusiveMinimum": "above",
    "exclusiveMaximum": "below",
}
# A list this long helps more in the reference than in an error message.
SHORT_LIST = 12


class ShapeChecker:
    """Checks documents of one kind against its schema and one vocabulary."""

    def __init__(self, kind: str, vocabulary: Document | None = None) -> None:
        """Take the schema of ``kind`` ('study', 'review', 'vocabulary')."""
        self._kind, self._vocabulary = kind, vocabulary

    @cached_property
    def _validator(self) -> Any:
        return _validator_class()(bundled_schema(self._kind, self._vocabulary))

    def breaches(self, document: Any) -> list[Breach]:
        """Every place where the document differs from its schema, top first."""
        errors = sorted(
            self._validator.iter_errors(document), key=lambda e: [str(p) for p in e.absolute_path]
        )
        return list(dict.fromkeys(breach for error in errors for breach in _tell(error)))


@cache
def _validator_class() -> Callable[..., Any]:
    # Imported here because a warm start needs no validator, and its import is slower than the load.
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend

    whole = Draft202012Validator.TYPE_CHECKER.redefine(
        "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)
    )
    return extend(Draft202012Validator, type_checker=whole)


def _tell(error: Any) -> Iterator[Breach]:
    path: Path = tuple(error.absolute_path)
    rule, wanted, value, schema = error.validator, error.validator_value, error.instance, error.schema
    if rule == "additionalProperties":
        yield from _unknown_fields(path, value, schema)
    elif rule in ("required", "dependentRequired"):
        yield from _missing_fields(path, rule, wanted, value)
    elif rule == "type":
        yield _wrong_type(path, wanted, value)
    elif rule == "enum":
        yield _unknown_word(path, wanted, value, schema.get("title", "word"))
    elif rule == "pattern":
        yield Breach(path, f"{_show(value)} does not have the right form.", _example(schema))
    elif rule in LIMITS:
        yield Breach(path, f"{_show(value)} must be {LIMITS[rule]} {wanted}.", "Compare it with the source.")
    else:
        yield _other(path, rule, wanted, value)


def _unknown_fields(path: Path, value: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Breach]:
    allowed = list(schema.get("properties", {}))
    for name in value:
        if name not in allowed:
            hint = _closest(name, allowed) or f"Allowed here: {', '.join(allowed)}."
            yield Breach((*path, name), f"unknown field '{_short(name)}'.", hint)


def _missing_fields(path: Path, rule: str, wanted: Any, value: Mapping[str, Any]) -> Iterator[Breach]:
    if rule == "required":
        needed = dict.fromkeys(wanted, "")
    else:
        needed = {
            name: f" beside {field}" for field, names in wanted.items() if field in value for name in names
        }
    for name, beside in needed.items():
        if name not in value:
            yield Breach(
                path, f"the field '{name}' is missing{beside}.", "Add it; see the reference of the format."
            )


def _wrong_type(path: Path, wanted: str | list[str], value: Any) -> Breach:
    names = [wanted] if isinstance(wanted, str) else wanted
    said = " or ".join(TYPE_NAMES[name] for name in names)
    if "string" in names and isinstance(value, int | float):
        repair = f"Put it in quotes: '{value}'."
    elif {"number", "integer"} & set(names):
        repair = "Write digits only, without quotes, unit, sign of error or thousands comma."
    else:
        repair = "Compare it with a neighbouring file."
    return Breach(path, f"{_show(value)} must be {said}.", repair)


def _unknown_word(path: Path, allowed: list[Any], value: Any, group: str) -> Breach:
    hint = _closest(value, allowed)
    if len(allowed) <= SHORT_LIST or not hint:
        shown = ", ".join(map(str, allowed[:SHORT_LIST]))
        more = "." if len(allowed) <= SHORT_LIST else f" and {len(allowed) - SHORT_LIST} more."
        hint = f"{hint} Allowed: {shown}{more}".lstrip()
    return Breach(path, f"{_show(value)} is no known {group}.", hint)


def _other(path: Path, rule: str, wanted: Any, value: Any) -> Breach:
    if rule == "anyOf":
        fields = ", ".join(name for option in wanted for name in option.get("required", ()))
        return Breach(path, f"holds none of {fields}.", "Add what the source prints, or delete the row.")
    if rule == "const":
        return Breach(
            path, f"{_show(value)} must be {_show(wanted)}.", "Leave the field out when it does not hold."
        )
    if rule == "uniqueItems":
        return Breach(path, f"{_show(value)} names one thing twice.", "Keep one of them.")
    if rule in ("minItems", "minProperties", "minLength"):
        return Breach(path, f"{_show(value)} holds fewer than {wanted}.", "Fill it, or leave the field out.")
    return Breach(
        path, f"{_show(value)} breaks the rule {rule} {_show(wanted)}.", "Compare it with a neighbour."
    )


def _closest(value: Any, allowed: list[Any]) -> str:
    if not isinstance(value, str) or not value:
        return ""
    written, words = value.lower().replace(" ", "-"), [word for word in allowed if isinstance(word, str)]
    close = [word for word in words if word.startswith(written)][:3] or get_close_matches(written, words)
    return f"Did you mean {' or '.join(close)}?" if close else ""


def _example(schema: Mapping[str, Any]) -> str:
    examples = schema.get("examples")
    return (
        f"Write it like {examples[0]}"
        if examples
        else f"{schema.get('description', 'Compare it with a neighbour')}."
    )


def _show(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return str(value).lower().replace("none", "null")
    return f"'{_short(value)}'" if isinstance(value, str) else _short(value)


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "..."
