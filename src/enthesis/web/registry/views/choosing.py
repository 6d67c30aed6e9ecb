"""Which part of a list an address asks for."""

from collections.abc import Collection

from django.http import QueryDict

from enthesis.errors import Fault, InvalidData

__all__ = ["word_chosen"]

LONGEST_SHOWN = 60


def word_chosen(query: QueryDict, name: str, allowed: Collection[str], otherwise: str = "") -> str:
    """The word a query has chosen; ``otherwise`` when it chose none.

    Raises:
        InvalidData: A word that is not offered.
    """
    word = query.get(name, "")
    if word and word not in allowed:
        repair = f"Allowed: {', '.join(allowed)}."
        raise InvalidData(Fault(f"'{word[:LONGEST_SHOWN]}' is not offered.", name, repair))
    return str(word or otherwise)
