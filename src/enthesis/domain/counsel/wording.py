"""Words of one language; where a translation is missing the English words, marked as such."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from enthesis.domain.counsel.numerals import Digits, Grouping, PluralRule, plural_category, write_number
from enthesis.errors import NotFound

__all__ = ["Language", "Message", "Said", "Translation", "Wording"]

# A text, or its forms by plural category; the count is then the value called n.
Message = str | Mapping[str, str]
Value = "Said | str | int | float"
_SLOT = re.compile(r"\{(\w+)\}")


class Translation(StrEnum):
    """How far a translation can be trusted."""

    ORIGINAL = "original"
    MACHINE = "machine"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Said:
    """A finished text and the language it is in, which differs from the page's where words are missing."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text

    @property
    def start(self) -> "Said":
        """The same with a capital first letter, where the script has capitals."""
        return Said(self.text[:1].upper() + self.text[1:], self.language)


@dataclass(frozen=True, slots=True)
class Language:
    """A language with its conventions, its words, and who vouches for them."""

    code: str
    name: str
    english_name: str
    digits: Digits
    grouping: Grouping
    plural: PluralRule
    translation: Translation
    messages: Mapping[str, Message]
    reviewed_by: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True)
class Wording:
    """Says things in one language and keeps a list of what it could only say in the fallback language."""

    language: Language
    fallback: Language
    missing: dict[str, None] = field(default_factory=dict, compare=False)

    def __call__(self, key: str, /, **values: "Said | str | int | float") -> Said:
        """The text of a key with its values filled in.

        Raises:
            NotFound: Neither language has the key, or a value of the text was not given.
        """
        language = self.language
        if key not in language.messages:
            language = self.fallback
            if key not in language.messages:
                raise NotFound("counsel text", key, language.messages)
            self.missing.setdefault(key)
        text = _form(language, key, values)
        return Said(_SLOT.sub(lambda slot: self._filled(slot[1], key, values, language), text), language.code)

    def has(self, key: str) -> bool:
        """True when either language has the key."""
        return key in self.language.messages or key in self.fallback.messages

    def first(self, *keys: str, **values: "Said | str | int | float") -> Said:
        """The text of the first key that exists, most particular first.

        Raises:
            NotFound: None of them does.
        """
        return self(next((key for key in keys if self.has(key)), keys[-1]), **values)

    def number(self, x: float, decimals: int = 0) -> str:
        """A number as the language writes it."""
        return write_number(x, self.language.digits, self.language.grouping, decimals)

    def digits(self, text: str) -> str:
        """A text, such as a date, in the digits of the language; no nought is lost."""
        return "".join(self.number(int(c)) if c.isascii() and c.isdigit() else c for c in text)

    def points(self, x: float) -> str:
        """The size of a difference in points of 0-100: one decimal below 10, none above."""
        return self.number(abs(x), 0 if round(abs(x), 1) >= 10 else 1)

    def _filled(
        self, slot: str, key: str, values: Mapping[str, "Said | str | int | float"], language: Language
    ) -> str:
        if slot not in values:
            raise NotFound(f"value of the text '{key}'", slot, values)
        value = values[slot]
        if isinstance(value, Said):
            stray = value.language != language.code
            return f"{value.text} [{value.language}]" if stray else value.text
        if isinstance(value, str):
            return value
        return write_number(value, language.digits, language.grouping, 0 if isinstance(value, int) else 1)


def _form(language: Language, key: str, values: Mapping[str, "Said | str | int | float"]) -> str:
    message = language.messages[key]
    if isinstance(message, str):
        return message
    count = values.get("n")
    if isinstance(count, str | Said) or count is None:
        raise NotFound(f"count of the text '{key}'", "n", values)
    return message[plural_category(count, language.plural)]
