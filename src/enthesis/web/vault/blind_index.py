"""The blind index: finding a sealed name by its beginning without opening any.

Every beginning of every word of a name is hashed with a key that is not in the database. Equal beginnings
give equal hashes, so someone with the database alone learns how common a beginning is, not what it says; that
is the price of search, and it is said in the documentation.
"""

import hashlib
import hmac
import re
import unicodedata

from enthesis.web.vault.keys import key_ring

__all__ = ["blind", "search_terms", "stored_terms"]

# Eight bytes keep the index small; a chance meeting of two beginnings only adds a row that a reader then sees
# is another.
HASH_BYTES = 8
LONGEST_BEGINNING = 12
SHORTEST_BEGINNING = 2


def blind(term: str, purpose: str) -> bytes:
    """Keyed hash of one normalised term, shape 8 bytes; ``purpose`` keeps names and numbers apart."""
    message = f"{purpose}\x00{term}".encode()
    return hmac.new(key_ring().index, message, hashlib.sha256).digest()[:HASH_BYTES]


def stored_terms(text: str) -> set[str]:
    """Every beginning of every word, for storing: ``Rai`` gives ra, rai."""
    return {word[:n] for word in _words(text) for n in range(min(SHORTEST_BEGINNING, len(word)), _stop(word))}


def search_terms(text: str) -> set[str]:
    """What a reader typed, one term a word, cut at the longest beginning that is stored."""
    return {word[:LONGEST_BEGINNING] for word in _words(text)}


def _stop(word: str) -> int:
    return min(len(word), LONGEST_BEGINNING) + 1


def _words(text: str) -> list[str]:
    """Words without case and Latin accents: jose finds José; other scripts keep their signs."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    latin_marks_gone = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", folded)
    kept = (
        c if unicodedata.category(c)[0] in "LMN" else " "
        for c in unicodedata.normalize("NFC", latin_marks_gone)
    )
    return "".join(kept).split()
