"""A published synthesis or guideline as it was read: its pooled rows and its statements.

Pooled rows of different reviews rest on overlapping trials and are never pooled again. Every field
mirrors one field of the review files; ``docs/reference/review-format.md`` says what each means.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence.printed import Correction, Integrity, Interval, PrintedP, Source, raise_any
from enthesis.errors import Fault

__all__ = ["COMPARISON_WITHOUT_ARM", "Included", "PooledRow", "Review", "Statement"]

# What a row compares when its comparator is no treatment; every other comparator is between arms.
COMPARISON_WITHOUT_ARM = {"baseline": "before-after", "none": "proportion", "network": "ranking"}
RATIO_MEASURES = frozenset({"RR", "OR"})


@dataclass(frozen=True, slots=True)
class Included:
    """What the review took in, as counted by itself."""

    studies: int | None = None
    trials: int | None = None
    reviews: int | None = None
    guidelines: int | None = None
    patients: int | None = None
    joints: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PooledRow:
    """One pooled result as printed: intervention minus comparator (or over it), unless ``positive_favours``.

    ``comparison`` tells between-arm rows from before-after changes, single-group proportions and
    rankings. RD, proportion, sucra and I2 are in percent.
    """

    condition: str
    intervention: str
    comparator: str
    comparison: str
    outcome: str
    instrument: str
    measure: str
    source: Source
    plus: tuple[str, ...] = ()
    leukocytes: str | None = None
    range: Interval | None = None
    weeks: int | None = None
    model: str | None = None
    k: int | None = None
    n: int | None = None
    estimate: float | None = None
    se: float | None = None
    ci: Interval | None = None
    level: float | None = None
    i2_percent: float | None = None
    p: PrintedP | None = None
    favours: str | None = None
    positive_favours: str | None = None
    certainty: str | None = None
    subgroup: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse figures that cannot stand together."""
        raise_any(self._faults())

    @property
    def is_ratio(self) -> bool:
        """True when the measure multiplies (RR, OR)."""
        return self.measure in RATIO_MEASURES

    def _faults(self) -> Iterator[Fault]:
        if self.ci is not None and not self.ci[0] <= self.ci[1]:
            yield Fault(f"{list(self.ci)} is not ordered.", "ci", "Write the lower limit first.")
        if self.se is not None and not self.se > 0:
            yield Fault(f"{self.se} is not above 0.", "se")
        if self.is_ratio and self.estimate is not None and self.estimate <= 0:
            yield Fault(f"{self.measure} of 0 or less.", "estimate", "A ratio is above 0.")
        wanted = COMPARISON_WITHOUT_ARM.get(self.comparator, "between-arm")
        if self.comparison != wanted:
            yield Fault(f"'{self.comparison}' against {self.comparator}.", "comparison", f"Write {wanted}.")


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a review or guideline in our own words, with its level in the named system."""

    intervention: str
    says: str
    condition: str | None = None
    leukocytes: str | None = None
    comparator: str | None = None
    route: str | None = None
    level: str | None = None
    system: str | None = None
    strength: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One review or guideline, with its pooled rows and its statements.

    A row about 'multiple' conditions was pooled over all that the review lists; a statement without a
    condition holds for the conditions of the review.
    """

    id: str
    title: str
    title_is_descriptive: bool
    first_author: str | None
    year: int | None
    year_is_inferred: bool
    url: str
    design: str
    conditions: tuple[str, ...]
    pooled: tuple[PooledRow, ...]
    statements: tuple[Statement, ...]
    cautions: tuple[str, ...]
    identity: str
    journal: str | None = None
    doi: str | None = None
    pmid: str | None = None
    registration: str | None = None
    included: Included = Included()
    integrity: Integrity | None = None
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows about a condition that the review does not list."""
        raise_any(self._faults())

    @property
    def is_suspect(self) -> bool:
        """True when the figures as a whole are in doubt."""
        return self.integrity is not None and self.integrity.status == "suspect"

    def _faults(self) -> Iterator[Fault]:
        for at, row in enumerate(self.pooled):
            if row.condition != "multiple" and row.condition not in self.conditions:
                yield Fault(
                    f"'{row.condition}' is none of {', '.join(self.conditions)}.", f"pooled[{at}].condition"
                )
