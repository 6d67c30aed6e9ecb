"""Cell counts of a sample, and the blood that a product was made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from enthesis.domain.products.checks import negatives, not_one_of, raise_any, unlike_a_percentage
from enthesis.domain.products.formulas import dilution_factor
from enthesis.errors import Fault

__all__ = ["COUNTED", "CellCounts", "WholeBlood"]

COUNTED = ("before-anticoagulant", "with-anticoagulant")


@dataclass(frozen=True, slots=True)
class CellCounts:
    """Counts of one sample: platelets and leukocytes in 10^9/L, erythrocytes in 10^12/L.

    ``recounted`` says that a second count, diluted where needed, gave the same. ``rocked_minutes`` is
    the time on a rocker before counting.
    """

    platelets_e9_per_l: float | None = None
    leukocytes_e9_per_l: float | None = None
    neutrophils_e9_per_l: float | None = None
    lymphocytes_e9_per_l: float | None = None
    monocytes_e9_per_l: float | None = None
    erythrocytes_e12_per_l: float | None = None
    haematocrit_percent: float | None = None
    analyser: str | None = None
    recounted: bool = False
    rocked_minutes: float | None = None

    def __post_init__(self) -> None:
        """Refuse negative counts and a differential larger than the whole."""
        raise_any(self._faults())

    def scaled(self, factor: float) -> "CellCounts":
        """Every concentration times a factor."""

        def times(value: float | None) -> float | None:
            return None if value is None else value * factor

        return replace(
            self,
            platelets_e9_per_l=times(self.platelets_e9_per_l),
            leukocytes_e9_per_l=times(self.leukocytes_e9_per_l),
            neutrophils_e9_per_l=times(self.neutrophils_e9_per_l),
            lymphocytes_e9_per_l=times(self.lymphocytes_e9_per_l),
            monocytes_e9_per_l=times(self.monocytes_e9_per_l),
            erythrocytes_e12_per_l=times(self.erythrocytes_e12_per_l),
        )

    @property
    def differential(self) -> tuple[float, ...]:
        """The kinds of leukocyte that were counted, in 10^9/L."""
        kinds = (self.neutrophils_e9_per_l, self.lymphocytes_e9_per_l, self.monocytes_e9_per_l)
        return tuple(kind for kind in kinds if kind is not None)

    def _faults(self) -> Iterator[Fault]:
        yield from negatives(
            platelets=self.platelets_e9_per_l,
            leukocytes=self.leukocytes_e9_per_l,
            neutrophils=self.neutrophils_e9_per_l,
            lymphocytes=self.lymphocytes_e9_per_l,
            monocytes=self.monocytes_e9_per_l,
            erythrocytes=self.erythrocytes_e12_per_l,
            rocked_minutes=self.rocked_minutes,
        )
        yield from unlike_a_percentage(haematocrit=self.haematocrit_percent)
        if self.leukocytes_e9_per_l is not None and self.differential:
            # Printed to two decimals, each kind may be 0.005 too high and the whole 0.005 too low.
            slack = max(0.02 * self.leukocytes_e9_per_l, 0.01 * len(self.differential))
            if (total := sum(self.differential)) > self.leukocytes_e9_per_l + slack:
                yield Fault(
                    f"The differential adds to {total:g}, over {self.leukocytes_e9_per_l:g} leukocytes.",
                    "leukocytes",
                    "Check for percentages entered as counts.",
                )


@dataclass(frozen=True, slots=True)
class WholeBlood:
    """Blood drawn for a preparation. ``volume_ml`` is blood alone; the anticoagulant stands apart.

    ``counted`` says whether the counts are of blood before liquid anticoagulant was added (a dry EDTA
    tube counts as such) or of the mixture; the latter is corrected by (blood + anticoagulant) / blood.
    """

    counts: CellCounts = field(default_factory=CellCounts)
    volume_ml: float | None = None
    anticoagulant: str | None = None
    anticoagulant_ml: float | None = None
    counted: str | None = None
    storage_minutes: float | None = None
    storage_temperature_c: float | None = None

    def __post_init__(self) -> None:
        """Refuse impossible volumes, and a dilution that cannot be undone."""
        raise_any(self._faults())

    @property
    def dilution(self) -> float:
        """Factor that ``undiluted`` applies to the counts; 1 unless they were taken with anticoagulant."""
        if self.counted == "with-anticoagulant" and self.volume_ml and self.anticoagulant_ml:
            return dilution_factor(self.volume_ml, self.anticoagulant_ml)
        return 1.0

    @property
    def undiluted(self) -> CellCounts:
        """Counts of the blood as it was in the vein."""
        return self.counts.scaled(self.dilution) if self.dilution != 1 else self.counts

    def _faults(self) -> Iterator[Fault]:
        yield from negatives(anticoagulant_volume=self.anticoagulant_ml, storage_minutes=self.storage_minutes)
        yield from not_one_of(COUNTED, counted=self.counted)
        if self.volume_ml is not None and not self.volume_ml > 0:
            yield Fault(f"Impossible volume {self.volume_ml:g} mL; must be above 0.", "volume")
        if self.counted == "with-anticoagulant" and (self.volume_ml is None or self.anticoagulant_ml is None):
            yield Fault(
                "Counts taken with anticoagulant cannot be corrected without both volumes.",
                "anticoagulant_volume",
                "Enter the volume of blood and of anticoagulant.",
            )
