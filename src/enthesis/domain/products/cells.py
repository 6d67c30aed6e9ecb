"""A cell product as it was harvested, measured and given: marrow concentrate, fat, cultured cells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from enthesis.domain.products.checks import negatives, not_one_of, raise_any, unlike_a_percentage
from enthesis.domain.products.delivery import Delivery
from enthesis.domain.products.kinds import CELL_KINDS, CULTURED_KINDS, ProductKind
from enthesis.errors import Fault

__all__ = ["DONORS", "LINEAGES", "CellProduct", "Culture", "Harvest", "Phenotype"]

DONORS = ("autologous", "allogeneic")
LINEAGES = ("osteoblast", "adipocyte", "chondroblast")


@dataclass(frozen=True, slots=True)
class Harvest:
    """Tissue taken: volumes in mL."""

    tissue: str | None = None
    site: str | None = None
    needle: str | None = None
    volume_per_puncture_ml: float | None = None
    punctures: int | None = None
    volume_ml: float | None = None
    anticoagulant: str | None = None
    device: str | None = None
    lot: str | None = None
    enzyme: str | None = None

    def __post_init__(self) -> None:
        """Refuse negative volumes."""
        raise_any(
            negatives(
                volume_per_puncture=self.volume_per_puncture_ml,
                punctures=self.punctures,
                volume=self.volume_ml,
            )
        )


@dataclass(frozen=True, slots=True)
class Culture:
    """How cells were expanded."""

    medium: str | None = None
    serum: str | None = None
    passage: int | None = None
    population_doublings: float | None = None
    cryopreserved: bool | None = None
    gmp: bool | None = None
    karyotype: str | None = None

    def __post_init__(self) -> None:
        """Refuse negative passages."""
        raise_any(negatives(passage=self.passage, population_doublings=self.population_doublings))


@dataclass(frozen=True, slots=True)
class Phenotype:
    """What is documented of the minimal criteria: adherence, markers in percent of cells, lineages shown."""

    plastic_adherent: bool | None = None
    markers_percent: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    lineages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse impossible percentages and unknown lineages."""
        raise_any(
            (
                *unlike_a_percentage(**self.markers_percent),
                *(f for lineage in self.lineages for f in not_one_of(LINEAGES, lineages=lineage)),
            )
        )


@dataclass(frozen=True, slots=True)
class CellProduct:
    """Cells given: nucleated cells in 10^6/mL, viability in percent, colonies per 10^6 nucleated cells."""

    kind: ProductKind
    donor: str | None = None
    donor_age_years: float | None = None
    harvest: Harvest = field(default_factory=Harvest)
    culture: Culture = field(default_factory=Culture)
    phenotype: Phenotype = field(default_factory=Phenotype)
    nucleated_e6_per_ml: float | None = None
    viability_percent: float | None = None
    viability_method: str | None = None
    cfu_f_per_e6: float | None = None
    cd34_percent: float | None = None
    haematocrit_percent: float | None = None
    volume_prepared_ml: float | None = None
    volume_injected_ml: float | None = None
    sterility: str | None = None
    endotoxin: str | None = None
    mycoplasma: str | None = None
    minutes_to_injection: float | None = None
    delivery: Delivery = field(default_factory=Delivery)

    def __post_init__(self) -> None:
        """Refuse impossible counts and volumes."""
        raise_any(self._faults())

    @property
    def is_cultured(self) -> bool:
        """True for cells expanded in culture."""
        return self.kind in CULTURED_KINDS

    @property
    def total_nucleated_e6(self) -> float | None:
        """Nucleated cells in the product, in millions: count times volume prepared."""
        return _times(self.nucleated_e6_per_ml, self.volume_prepared_ml)

    @property
    def cells_given_e6(self) -> float | None:
        """Nucleated cells injected, in millions."""
        return _times(self.nucleated_e6_per_ml, self.volume_injected_ml)

    @property
    def viable_cells_given_e6(self) -> float | None:
        """Viable nucleated cells injected, in millions."""
        share = None if self.viability_percent is None else self.viability_percent / 100
        return _times(self.cells_given_e6, share)

    @property
    def cfu_f_given(self) -> float | None:
        """Colony-forming units injected: their frequency times the nucleated cells."""
        return _times(self.cfu_f_per_e6, self.cells_given_e6)

    def _faults(self) -> Iterator[Fault]:
        if self.kind not in CELL_KINDS:
            yield Fault(f"'{self.kind}' is no cell product.", "kind")
        yield from not_one_of(DONORS, donor=self.donor)
        yield from negatives(
            donor_age_years=self.donor_age_years,
            nucleated=self.nucleated_e6_per_ml,
            cfu_f_per_e6=self.cfu_f_per_e6,
            volume_prepared=self.volume_prepared_ml,
            volume_injected=self.volume_injected_ml,
            minutes_to_injection=self.minutes_to_injection,
        )
        yield from unlike_a_percentage(
            viability=self.viability_percent, cd34=self.cd34_percent, haematocrit=self.haematocrit_percent
        )
        if self.cfu_f_per_e6 is not None and self.cfu_f_per_e6 > 1e6:
            yield Fault(
                f"{self.cfu_f_per_e6:g} colonies from 10^6 cells is more than one per cell.", "cfu_f_per_e6"
            )
        prepared, injected = self.volume_prepared_ml, self.volume_injected_ml
        if prepared is not None and injected is not None and injected > prepared:
            yield Fault(
                f"{injected:g} mL injected is more than the {prepared:g} mL prepared.", "volume_injected"
            )


def _times(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a * b
