"""The declared choices that turn studies into verdicts, as one frozen value read from the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Column", "EvidenceRules", "Mcid", "Threshold"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that decides something, with its reason."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Mcid:
    """Smallest difference between groups that matters, with the span that is disputed, on one scale."""

    value: float
    low: float
    high: float
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A group of interventions side by side on the map; ``reference`` ones are there for scale only."""

    label: str
    interventions: tuple[str, ...]
    reference: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """Everything that is decided before the numbers are seen. Each part names its source in the rule file."""

    version: str
    columns: tuple[Column, ...]
    background: frozenset[str]
    hierarchy: Mapping[str, tuple[str, ...]]
    fixed_ranges: Mapping[str, tuple[float, float]]
    mcid: Mapping[str, Mcid]
    mcid_smd: Mcid
    mcid_ratio: Mcid
    little_share: float
    absence_share: float
    tau_prior: Mapping[str, float]
    integrity: Mapping[str, Threshold]
    certainty: Mapping[str, Threshold]
    asian_countries: frozenset[str]
    routes: Mapping[str, frozenset[str]]

    def interventions(self) -> tuple[str, ...]:
        """Every intervention of the map, in the order of its columns."""
        return tuple(i for column in self.columns for i in column.interventions)

    def is_reference(self, intervention: str) -> bool:
        """True for a treatment that is on the map as a comparator only."""
        return any(intervention in column.interventions for column in self.columns if column.reference)

    def rank_of(self, outcome: str, instrument: str) -> int:
        """Place of an instrument in the hierarchy of its outcome; unlisted ones come last, together."""
        order = self.hierarchy.get(outcome, ())
        return order.index(instrument) if instrument in order else len(order)

    def points_mcid(self, outcome: str, family: str) -> Mcid | None:
        """Important difference in points of 0-100 for an outcome in a family of conditions, if one is set."""
        return self.mcid.get(f"{outcome}/{family}") or self.mcid.get(outcome)
