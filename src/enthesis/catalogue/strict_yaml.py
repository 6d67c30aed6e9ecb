"""Reads the part of YAML that means the same to every reader, and refuses the rest with the line.

YAML 1.1 turns ``NO`` into false, ``2021-03-04`` into a date and ``012`` into 10; YAML 1.2 does not. A
figure that changes with the reader is no figure, so such a word is refused until it is quoted or
rewritten. Anchors, aliases, tags, repeated keys and several documents in one file are refused as well.

The events come from libyaml through PyYAML; only the step from events to values is here, because the
safe loader keeps the last of two equal keys without a word and follows aliases without a limit.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from enthesis.catalogue.findings import Path

__all__ = ["Problem", "Yaml", "read_yaml"]

# A study file is about 3 kB; a file this large or this deep was not written by a curator.
MAX_BYTES = 2_000_000
MAX_DEPTH = 20

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})\Z")
DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})\.[0-9]{1,20}\Z")
CONSTANTS = {"true": True, "false": False, "null": None}

# What libyaml says about the slips that people make most often, and what to do about them.
COMMON_SLIPS = {
    "mapping values are not allowed in this context": (
        "a colon followed by a space inside bare text.",
        "Put the text in quotes.",
    ),
    "found character that cannot start any token": (
        "a tab, or a bare text that begins with a sign such as @, % or `.",
        "Indent with spaces; put such a text in quotes.",
    ),
}
# Line ends that editors do not count, and marks that hide text or turn its order: what a person sees
# would not be what is read.
INVISIBLE = re.compile(r"[\u0085\u200b\u2028-\u202e\u2060-\u2069\ufeff]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LOGICAL = re.compile(r"(y|n|yes|no|on|off|true|false|null|~)\Z", re.IGNORECASE)
DATE = re.compile(r"\d{4}-\d\d?-\d\d?([Tt\s].*)?\Z")
SEXAGESIMAL = re.compile(r"[-+]?\d+(:[0-5]?\d)+(\.\d*)?\Z")
NUMBER_LIKE = re.compile(
    r"[-+]?(0[xob][0-9a-f_]+|\.(inf|nan)|(\d[\d_]*\.?[\d_]*|\.[\d_]+)(e[-+]?\d+)?)\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be read, at which line, and the repair."""

    line: int
    message: str
    repair: str


@dataclass(frozen=True, slots=True)
class Yaml:
    """What a text says; with ``problems``, the value is not to be used."""

    value: Any
    problems: tuple[Problem, ...] = ()
    lines: Mapping[Path, int] | None = None


def read_yaml(raw: bytes, *, with_lines: bool = False) -> Yaml:
    """Value of one YAML document: mappings, lists, text, numbers, true, false and null.

    Args:
        raw: The bytes of a file.
        with_lines: Also give the line of every field and list item, counted from 1.

    Returns:
        The value, or every problem that stops it from being read. Nothing is raised.
    """
    text = _text(raw)
    return (
        _Reading(text, {(): 1} if with_lines else None).result()
        if isinstance(text, str)
        else Yaml(None, (text,))
    )


def _text(raw: bytes) -> str | Problem:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(1, "the file is saved as UTF-16.", "Save it as UTF-8.")
    if raw.startswith(b"\xef\xbb\xbf"):
        return Problem(1, "the file begins with a byte order mark.", "Save it as UTF-8 without BOM.")
    if len(raw) > MAX_BYTES:
        return Problem(
            1, f"the file holds {len(raw)} bytes.", f"One file holds one report, {MAX_BYTES} at most."
        )
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Problem(line, f"byte {raw[error.start]:#04x} is no UTF-8.", "Save it as UTF-8.")
    if hidden := INVISIBLE.search(text):
        line, code = text.count("\n", 0, hidden.start()) + 1, ord(hidden[0])
        return Problem(line, f"an invisible character, U+{code:04X}.", "Delete it and type the text again.")
    return text


class _Reading:
    """One pass over the events of a text; problems are gathered, only hopeless ones end it."""

    def __init__(self, text: str, lines: dict[Path, int] | None = None) -> None:
        self.text, self.lines = text, lines
        self.problems: list[Problem] = []
        self.events: Iterator[Any] = yaml.parse(text, LOADER)

    def result(self) -> Yaml:
        """The one document of the text, or why it cannot be read."""
        value: Any = None
        try:
            value = self._documents()
        except yaml.YAMLError as error:
            self.problems.append(_syntax_problem(error, self.text))
        return Yaml(value, tuple(self.problems), self.lines)

    def _documents(self) -> Any:
        found: list[Any] = []
        for event in self.events:
            if type(event) is yaml.DocumentStartEvent:
                if found:
                    self._refuse(event, "a second document begins (---).", "Keep one report per file.")
                found.append(self._node(next(self.events), ()))
        if not found:
            self.problems.append(Problem(1, "the file is empty.", "Copy a neighbouring file and change it."))
            return None
        return found[0]

    def _node(self, event: Any, path: Path) -> Any:
        if type(event) is yaml.AliasEvent:
            self._refuse(event, f"the alias *{event.anchor}.", "Write the value out.")
            return None
        self._check_marks(event)
        if type(event) is yaml.ScalarEvent:
            return self._scalar(event)
        if len(path) >= MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=event.start_mark)
        return self._mapping(path) if type(event) is yaml.MappingStartEvent else self._sequence(path)

    def _mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            key = self._key(event, path)
            if key in found:
                self._refuse(event, f"the field '{key}' stands twice.", "Keep one of them.")
            below = (*path, key)
            if self.lines is not None:
                self.lines.setdefault(below, event.start_mark.line + 1)
            found[key] = self._node(next(self.events), below)
        return found

    def _key(self, event: Any, path: Path) -> str:
        if type(event) is not yaml.ScalarEvent:
            self._node(event, (*path, ""))
            self._refuse(event, "a field name that is no text.", "Write a field name before the colon.")
            return ""
        self._check_marks(event)
        name: str = event.value
        if name == "<<":
            self._refuse(event, "a merge key (<<).", "Write the fields out.")
        return name

    def _sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            below = (*path, len(found))
            if self.lines is not None:
                self.lines[below] = event.start_mark.line + 1
            found.append(self._node(event, below))
        return found

    def _scalar(self, event: Any) -> Any:
        if event.implicit[0]:
            return self._plain(event)
        # Only double quotes can hide one behind an escape; written out, libyaml refuses it.
        if event.style == '"' and CONTROL.search(event.value):
            self._refuse(event, "a control character in the text.", "Take out the escape.")
        return event.value

    def _plain(self, event: Any) -> Any:
        text = event.value
        if text in CONSTANTS:
            return CONSTANTS[text]
        if INTEGER.match(text):
            return int(text)
        if DECIMAL.match(text):
            return float(text)
        if trap := _trap(text):
            self._refuse(event, *trap)
        return text

    def _check_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._refuse(event, f"the anchor &{event.anchor}.", "Write the value out where it is needed.")
        if event.tag is not None:
            self._refuse(event, f"the tag {event.tag}.", "Leave the tag out.")

    def _refuse(self, event: Any, message: str, repair: str) -> None:
        self.problems.append(Problem(event.start_mark.line + 1, message, repair))


def _trap(text: str) -> tuple[str, str] | None:
    """Message and repair for an unquoted word that YAML readers understand differently."""
    if text == "":
        return "a field without a value.", "Write the value, or leave the field out."
    if LOGICAL.match(text):
        return (
            f"the bare word {text} is read as yes or no.",
            f"Write true, false or null, or quote it: '{text}'.",
        )
    if DATE.match(text):
        return f"{text} is read as a date.", f"Quote it: '{text}'."
    if SEXAGESIMAL.match(text):
        return f"{text} is read as a time or in base 60.", f"Quote it: '{text}'."
    if NUMBER_LIKE.match(text):
        return (
            f"{text} is no plain decimal number.",
            f"Write it as 1000 or 0.5, or quote it as text: '{text}'.",
        )
    if text == "=":
        return "a bare equals sign.", "Quote it: '='."
    return None


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    what = getattr(error, "problem", None)
    if mark is not None and what in COMMON_SLIPS:
        return Problem(mark.line + 1, *COMMON_SLIPS[what])
    if mark is not None:
        said = what or "the text breaks off"
        return Problem(
            mark.line + 1, f"no valid YAML: {said}.", "Check indentation, colons and quotes nearby."
        )
    position = getattr(error, "position", None)
    line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 1
    return Problem(line, "a character that YAML does not allow.", "Delete it and type it again.")
