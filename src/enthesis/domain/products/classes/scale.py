"""Parts of a published code: ladders of bands, choices between facts, combinations of the two.

A ladder is read from the bottom: a value belongs to the first rung whose upper bound it keeps, and the
last rung has no bound. So every value has exactly one rung, whatever the thresholds.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from enthesis.domain.products.checks import raise_any
from enthesis.errors import Fault

__all__ = ["COMPARABLE", "FACTS", "QUANTITIES", "Choice", "Combination", "Ladder", "Part", "Rung"]

# Quantities with a count in blood to be compared with.
COMPARABLE = ("platelets", "leukocytes", "neutrophils")
QUANTITIES = (*COMPARABLE, "dose_e9", "fold", "recovery_percent", "purity_percent")
# Facts of a record with their words; an agent is copied as it is.
FACTS: Mapping[str, tuple[str, ...]] = {
    "activation": ("none", "exogenous"),
    "agent": (),
    "fibrin": ("low", "high"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One band up to its bound, which is included ('up to'), excluded ('below'), or the count of blood.

    ``note`` is the doubt that belongs beside a code with this rung.
    """

    code: str
    label: str
    up_to: float | None = None
    below: float | None = None
    up_to_blood: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse two bounds on one rung."""
        if (self.up_to is not None) + (self.below is not None) + self.up_to_blood > 1:
            raise_any([Fault(f"Rung '{self.code}' has two bounds.", "rungs", "Keep one.")])

    @property
    def is_bounded(self) -> bool:
        """True unless it takes everything that is left."""
        return self.bound is not None or self.up_to_blood

    @property
    def bound(self) -> float | None:
        """Upper bound as a number, if it is one."""
        return self.up_to if self.up_to is not None else self.below

    def holds(self, value: float, blood: float | None) -> bool:
        """True when the value keeps this rung's bound."""
        if self.up_to_blood:
            return blood is not None and value <= blood
        if self.up_to is not None:
            return value <= self.up_to
        return self.below is None or value < self.below


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bands of one quantity, lowest first."""

    id: str
    label: str
    quantity: str
    rungs: tuple[Rung, ...]

    def __post_init__(self) -> None:
        """Refuse a ladder with gaps, overlaps or an unknown quantity."""
        raise_any(self._faults())

    @property
    def needs_blood(self) -> bool:
        """True when a rung is bounded by the blood count."""
        return any(rung.up_to_blood for rung in self.rungs)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code it can give."""
        return tuple(dict.fromkeys(rung.code for rung in self.rungs))

    def rung_of(self, value: float, blood: float | None = None) -> Rung:
        """The one rung of a value; ``blood`` is the count in undiluted blood."""
        return next(rung for rung in self.rungs if rung.holds(value, blood))

    def _faults(self) -> Iterator[Fault]:
        if self.quantity not in QUANTITIES:
            yield Fault(f"Unknown quantity '{self.quantity}'; known: {', '.join(QUANTITIES)}.", self.id)
        if self.needs_blood and self.quantity not in COMPARABLE:
            yield Fault(f"'{self.quantity}' has no count in blood.", self.id)
        if not self.rungs or self.rungs[-1].is_bounded or not all(r.is_bounded for r in self.rungs[:-1]):
            yield Fault("Every rung but the last needs an upper bound, and the last none.", self.id)
        bounds = [rung.bound for rung in self.rungs if rung.bound is not None]
        if any(low >= high for low, high in pairwise(bounds)):
            yield Fault(f"Bounds {bounds} do not rise.", self.id, "Order the rungs from low to high.")


@dataclass(frozen=True, slots=True)
class Choice:
    """Code of a recorded fact.

    ``otherwise`` stands when it was not recorded; ``verbatim`` copies the fact as it is.
    """

    id: str
    label: str
    fact: str
    options: Mapping[str, str]
    otherwise: str | None = None
    verbatim: bool = False

    def __post_init__(self) -> None:
        """Refuse an unknown fact, and options that leave a word of the fact out."""
        raise_any(self._faults())

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code it can give; none can be listed for a fact that is copied."""
        return tuple(dict.fromkeys(self.options.values()))

    def code_of(self, fact: str | None) -> str | None:
        """Code of the fact, None when it was not recorded and nothing stands for that."""
        if fact is None:
            return self.otherwise
        return fact if self.verbatim else self.options[fact]

    def _faults(self) -> Iterator[Fault]:
        if self.fact not in FACTS:
            yield Fault(f"Unknown fact '{self.fact}'; known: {', '.join(FACTS)}.", self.id)
        elif not self.verbatim and set(self.options) != set(FACTS[self.fact]):
            words = ", ".join(FACTS[self.fact]) or "none; copy it verbatim"
            yield Fault(f"The options of '{self.fact}' must be: {words}.", self.id)


@dataclass(frozen=True, slots=True)
class Combination:
    """Code that depends on two other parts together; the table is keyed 'first+second'."""

    id: str
    label: str
    of: tuple[str, str]
    table: Mapping[str, str]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code it can give."""
        return tuple(dict.fromkeys(self.table.values()))

    def code_of(self, codes: Mapping[str, str | None]) -> str | None:
        """Code of the two parts, None when one was not measured."""
        first, second = (codes[part] for part in self.of)
        return None if first is None or second is None else self.table[f"{first}+{second}"]


Part = Ladder | Choice | Combination
