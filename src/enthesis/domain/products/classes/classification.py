"""A published classification system as a value: its rule with sources, or why it is switched off.

The rules are data (``catalogue/products/classifications``). A system whose rule was not found stays
switched off and says why: a code that nobody can check is worse than none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product as pairs

from enthesis.domain.products.checks import raise_any
from enthesis.domain.products.classes.scale import Combination, Ladder, Part
from enthesis.domain.products.kinds import ProductKind
from enthesis.errors import Fault

__all__ = ["Citation", "Classification"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule was read: the page, and what was read there."""

    url: str
    read: str


@dataclass(frozen=True, slots=True)
class Classification:
    """One system: the parts of its code, the order they are written in, and where the rule was read.

    ``parts`` holds every part in the order they are decided; ``template`` names the parts that are
    written. ``not_measured`` stands for a part without a measurement; without the parts in ``needs`` no
    code is given at all. ``leukocytes`` is the system's own reading of rich and poor, if it has one.
    ``key`` names it
    in the contract, ``short`` in running text. ``reviewed`` and ``next_review`` are year and month.
    """

    id: str
    key: str
    short: str
    name: str
    sources: tuple[Citation, ...]
    reviewed: str
    next_review: str
    doi: str = ""
    applies_to: tuple[ProductKind, ...] = ()
    parts: tuple[Part, ...] = ()
    template: str = ""
    needs: tuple[str, ...] = ()
    not_measured: str = "NA"
    leukocytes: Ladder | None = None
    disputes: tuple[str, ...] = ()
    example: str = ""
    switched_off: str = ""
    would_need: str = ""

    def __post_init__(self) -> None:
        """Refuse a rule that names parts it does not have, or leaves a combination open."""
        raise_any(self._faults())

    @property
    def is_on(self) -> bool:
        """True when the rule was found and is in use."""
        return not self.switched_off

    def _faults(self) -> Iterator[Fault]:
        codes = {part.id: part.codes for part in self.parts}
        if self.is_on and not (self.parts and self.sources):
            yield Fault("A system in use needs parts and sources.", "parts", "Or say why it is switched off.")
        for need in self.needs:
            if need not in codes:
                yield Fault(f"No part is called '{need}'.", "needs", f"Parts: {', '.join(codes)}.")
        try:
            self.template.format(**codes)
        except (KeyError, IndexError, ValueError) as error:
            yield Fault(f"The template names no part {error}.", "template", f"Parts: {', '.join(codes)}.")
        for part in self.parts:
            if isinstance(part, Combination):
                yield from _open_combinations(part, codes)


def _open_combinations(part: Combination, codes: dict[str, tuple[str, ...]]) -> Iterator[Fault]:
    if not set(part.of) <= set(codes):
        yield Fault(f"No parts are called {' and '.join(part.of)}.", part.id, f"Parts: {', '.join(codes)}.")
        return
    first, second = (codes[name] for name in part.of)
    wanted = {f"{a}+{b}" for a, b in pairs(first, second)}
    if wanted != set(part.table):
        yield Fault(f"The table must have exactly {', '.join(sorted(wanted))}.", part.id)
