"""What follows from the counts and volumes of one platelet product, and what could not be derived."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from enthesis.domain.products import formulas
from enthesis.domain.products.counts import CellCounts, WholeBlood
from enthesis.domain.products.platelets import PlateletProduct

__all__ = ["DERIVATIONS", "Derivation", "Measures", "measure"]


@dataclass(frozen=True, slots=True)
class Measures:
    """Derived values of one product; None where an input is missing, which ``missing`` then names.

    ``blood_dilution`` is the factor by which blood counts were raised to undo the anticoagulant.
    """

    dose_e9: float | None
    fold: float | None
    recovery_percent: float | None
    purity_percent: float | None
    leukocyte_fold: float | None
    neutrophil_fold: float | None
    leukocyte_recovery_percent: float | None
    red_cell_recovery_percent: float | None
    red_cell_share_percent: float | None
    volume_reduction: float | None
    blood_dilution: float
    missing: tuple[str, ...]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Derivation:
    """One derived value: its formula, the inputs in their order, and those whose sum may not be zero."""

    field: str
    label: str
    formula: Callable[..., float]
    inputs: tuple[str, ...]
    divisor: tuple[str, ...] = ()

    def lacking(self, known: Mapping[str, float | None]) -> tuple[str, ...]:
        """Inputs that are not known, or the divisor when it is zero."""
        absent = tuple(name for name in self.inputs if known[name] is None)
        if not absent and self.divisor and sum(known[name] or 0 for name in self.divisor) == 0:
            return self.divisor
        return absent

    def value(self, known: Mapping[str, float | None]) -> float | None:
        """The value, or None when an input is lacking."""
        return None if self.lacking(known) else self.formula(*(known[name] for name in self.inputs))


def _recovery(field: str, label: str, cells: str) -> Derivation:
    inputs = (f"product.{cells}", "product.volume_prepared", f"whole_blood.{cells}", "whole_blood.volume")
    return Derivation(field, label, formulas.recovery_percent, inputs, (f"whole_blood.{cells}",))


def _fold(field: str, label: str, cells: str) -> Derivation:
    blood = f"whole_blood.{cells}"
    return Derivation(field, label, formulas.fold, (f"product.{cells}", blood), (blood,))


_ALL_CELLS = ("product.platelets", "product.leukocytes", "product.erythrocytes")
DERIVATIONS = (
    Derivation(
        "dose_e9", "dose", formulas.platelet_dose_e9, ("product.platelets", "product.volume_injected")
    ),
    _fold("fold", "fold", "platelets"),
    _recovery("recovery_percent", "recovery", "platelets"),
    Derivation("purity_percent", "purity", formulas.purity_percent, _ALL_CELLS, _ALL_CELLS),
    _fold("leukocyte_fold", "leukocyte fold", "leukocytes"),
    _fold("neutrophil_fold", "neutrophil fold", "neutrophils"),
    _recovery("leukocyte_recovery_percent", "leukocyte recovery", "leukocytes"),
    _recovery("red_cell_recovery_percent", "red-cell recovery", "erythrocytes"),
    Derivation(
        "red_cell_share_percent", "red-cell share", formulas.red_cell_share_percent, _ALL_CELLS, _ALL_CELLS
    ),
    Derivation(
        "volume_reduction",
        "volume reduction",
        formulas.volume_reduction,
        ("whole_blood.volume", "product.volume_prepared"),
    ),
)


def measure(product: PlateletProduct) -> Measures:
    """Dose, fold, recovery, purity and shares of one product."""
    known = {
        **_counts("whole_blood", product.whole_blood.undiluted),
        **_counts("product", product.counts),
        "whole_blood.volume": product.whole_blood.volume_ml,
        "product.volume_prepared": product.volume_prepared_ml,
        "product.volume_injected": product.volume_injected_ml,
    }
    missing = [(d.label, lacking) for d in DERIVATIONS if (lacking := d.lacking(known))]
    return Measures(
        **{d.field: d.value(known) for d in DERIVATIONS},
        blood_dilution=product.whole_blood.dilution,
        missing=tuple(f"{label}: needs {', '.join(lacking)}" for label, lacking in missing),
        caveats=_dilution_caveats(product.whole_blood),
    )


def _counts(sample: str, counts: CellCounts) -> dict[str, float | None]:
    return {
        f"{sample}.platelets": counts.platelets_e9_per_l,
        f"{sample}.leukocytes": counts.leukocytes_e9_per_l,
        f"{sample}.neutrophils": counts.neutrophils_e9_per_l,
        f"{sample}.erythrocytes": counts.erythrocytes_e12_per_l,
    }


def _dilution_caveats(blood: WholeBlood) -> tuple[str, ...]:
    if blood.counts == CellCounts() or not blood.volume_ml or not blood.anticoagulant_ml:
        return ()
    factor = formulas.dilution_factor(blood.volume_ml, blood.anticoagulant_ml)
    if blood.counted == "with-anticoagulant":
        return (f"Blood counts were multiplied by {factor:.3g} to undo the dilution by the anticoagulant.",)
    if blood.counted is None:
        return (
            "It is not recorded whether the blood was counted before or with its anticoagulant. It was taken "
            "as undiluted; if it was counted with anticoagulant, fold and recovery are "
            f"{100 * (1 - 1 / factor):.0f} % lower.",
        )
    return ()
