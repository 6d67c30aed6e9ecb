"""How hard a text is to read, by a declared measure for each language.

English: the school grade of Flesch and Kincaid (Kincaid 1975, Research Branch Report 8-75). Hindi and
Bengali: length of sentences and share of long words, as readability of Bengali has been modelled (Das &
Roychoudhury 2006, doi:10.1080/09296170500500843), counted in our own way and without a grade, because no
limits have been checked here. Only full sentences count; headings and cells of tables do not, nor do tokens
without a letter.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Readability", "readability", "syllables"]

# English words longer than six letters, as in LIX (Bjornsson 1968); in the Indic scripts, where a letter
# carries its vowel, five. Both are conventions.
LONG_FROM = {"en": 7}
LONG_FROM_INDIC = 5
_SENTENCE_END = re.compile(r"(?<=[.?!\u0964])(?:[\"')\]]*)\s+")
_FULL = re.compile(r"[.?!\u0964][\"')\]]*$")
_VOWELS = re.compile(r"[aeiouy]+")
# Endings that are written with a vowel and not said.
_SILENT = re.compile(r"[^aeiouyl]e$|[^aeioutdy]ed$|[^aeioucsxzgh]es$|[aeiouy]le$")
# Vowels that stand together and are said apart.
_SPOKEN = (
    re.compile(r"[^aeiouctx]ia|io[^un]|i[aeu]m"),
    re.compile(r"ism$|[^aeiouy]les$"),
    re.compile(r"[aeouy]ing$"),
)


@dataclass(frozen=True, slots=True)
class Readability:
    """Measures of one text; ``grade`` only for English. ``long_percent`` is the share of long words."""

    language: str
    sentences: int
    words: int
    words_per_sentence: float
    long_percent: float
    grade: float | None


def readability(texts: Iterable[str], language: str) -> Readability:
    """Measures of the full sentences among the texts.

    Args:
        texts: Texts of one language; a heading without a full stop is left out.
        language: Code of the language; only 'en' has a grade.

    Raises:
        ValueError: There is no full sentence among them.
    """
    sentences = [s for text in texts for s in _sentences(text)]
    words = [w for s in sentences for w in _words(s)]
    if not sentences or not words:
        raise ValueError("there is no full sentence to measure")
    per_sentence = len(words) / len(sentences)
    long = sum(_letters(w) >= LONG_FROM.get(language, LONG_FROM_INDIC) for w in words)
    grade = None
    if language == "en":
        grade = 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return Readability(language, len(sentences), len(words), per_sentence, 100 * long / len(words), grade)


def _sentences(text: str) -> list[str]:
    parts = _SENTENCE_END.split(text.strip())
    return [part for part in parts if _FULL.search(part) and _words(part)]


def _words(sentence: str) -> list[str]:
    tokens = (t.strip(".,;:?!()[]\"'\u0964%") for t in re.split(r"[\s\u2013/]+", sentence))
    return [t for t in tokens if any(c.isalpha() for c in t)]


def _letters(word: str) -> int:
    """Letters as a reader counts them: vowel signs and joined consonants belong to the letter before."""
    count, joined = 0, False
    for c in word:
        if unicodedata.category(c).startswith("L"):
            count += not joined
            joined = False
        elif unicodedata.combining(c) == 9:  # virama
            joined = True
    return count


def syllables(word: str) -> int:
    """Syllables of an English word by its groups of vowels; silent endings are not counted, at least one.

    Letters said one by one (PRP) count one each.
    """
    letters = re.sub(r"[^A-Za-z]", "", word)
    if letters.isupper() and len(letters) > 1:
        return len(letters)
    low = letters.lower()
    count = len(_VOWELS.findall(low)) - bool(_SILENT.search(low))
    count += sum(bool(pattern.search(low)) for pattern in _SPOKEN)
    return max(count, 1)
