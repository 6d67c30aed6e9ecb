"""The boxes of a product record for each kind of injection; where it went stands in the injection itself."""

from collections.abc import Mapping
from typing import Final

from enthesis.domain.products.cells import DONORS
from enthesis.domain.products.kinds import CELL_KINDS, ProductKind
from enthesis.web.calculators.present.product_fields import (
    CELLS,
    GROUPS,
    KINDS,
    YES_NO,
    ProductField,
    ProductGroup,
)

__all__ = ["PLATELET_INTERVENTION", "fields_for", "groups_for", "kind_of"]

PLATELET_INTERVENTION = "prp"
# Said once, in the injection.
IN_THE_INJECTION = ("delivery.guidance", "delivery.site", "delivery.needle", "delivery.anaesthetic")
VOLUME_OF_PLATELETS = "product.volume_injected"


def _number(path: str, label: str, unit: str = "", hint: str = "") -> ProductField:
    return ProductField(path, label, hint, unit=unit, numeric=True)


def _of_platelets() -> tuple[ProductGroup, ...]:
    hidden = {*IN_THE_INJECTION, VOLUME_OF_PLATELETS}
    return tuple(
        ProductGroup(g.title, tuple(f for f in g.fields if f.path not in hidden), g.note, g.folded)
        for g in GROUPS
    )


_CELLS = (
    ProductGroup(
        "Cells",
        (
            ProductField("donor", "Donor", choices=tuple((d, d) for d in DONORS)),
            ProductField("harvest.site", "Taken from", "Such as posterior iliac crest."),
            ProductField("harvest.volume", "Volume taken", unit="mL"),
            ProductField("product.volume_prepared", "Volume prepared", unit="mL"),
            ProductField("product.nucleated", "Nucleated cells", units=CELLS),
            _number("product.viability", "Viability", "%"),
            _number("product.cfu_f_per_e6", "CFU-F per million cells"),
        ),
    ),
    ProductGroup(
        "Culture and quality",
        (
            _number("culture.passage", "Passage", hint="Cultured cells only."),
            ProductField("culture.cryopreserved", "Frozen before use", choices=YES_NO),
            ProductField("product.sterility", "Sterility"),
            ProductField("product.endotoxin", "Endotoxin"),
            ProductField("harvest.device", "Device"),
            ProductField("harvest.lot", "Lot of the device"),
            _number("product.minutes_to_injection", "From end of preparation to injection", "min"),
        ),
        folded=True,
    ),
)
_HYALURONATE = (
    ProductGroup(
        "Hyaluronic acid",
        (
            ProductField("product.name", "Product"),
            _number("product.molecular_weight_kda", "Molecular weight", "kDa"),
            _number("product.concentration_mg_per_ml", "Concentration", "mg/mL"),
            ProductField("product.cross_linked", "Cross-linked", choices=YES_NO),
            ProductField("product.lot", "Lot"),
            ProductField("product.expiry", "Expiry"),
        ),
    ),
)
_STEROID = (
    ProductGroup(
        "Corticosteroid",
        (
            ProductField("product.agent", "Drug"),
            _number("product.dose_mg", "Dose", "mg"),
            ProductField("product.lot", "Lot"),
            ProductField("product.expiry", "Expiry"),
        ),
    ),
)
_DEXTROSE = (
    ProductGroup(
        "Prolotherapy",
        (
            _number("product.dextrose_percent", "Dextrose", "%"),
            ProductField("product.volume_per_point", "Volume at each point", unit="mL"),
            _number("product.points", "Points"),
        ),
    ),
)
GROUPS_BY_KIND: Final[Mapping[ProductKind, tuple[ProductGroup, ...]]] = {
    ProductKind.HYALURONIC_ACID: _HYALURONATE,
    ProductKind.CORTICOSTEROID: _STEROID,
    ProductKind.PROLOTHERAPY: _DEXTROSE,
    **dict.fromkeys(CELL_KINDS, _CELLS),
}


def kind_of(intervention: str, given: Mapping[str, str]) -> ProductKind | None:
    """Kind of product of an intervention; of platelets the one chosen in the form; None for any other."""
    if intervention == PLATELET_INTERVENTION:
        chosen = given.get("kind", "")
        return ProductKind(chosen) if chosen in dict(KINDS) else ProductKind.PRP
    return ProductKind(intervention) if intervention in {k.value for k in GROUPS_BY_KIND} else None


def groups_for(intervention: str) -> tuple[ProductGroup, ...]:
    """Groups of boxes of an intervention; none where no record is kept of what was in the syringe."""
    if intervention == PLATELET_INTERVENTION:
        return _of_platelets()
    kind = kind_of(intervention, {})
    return GROUPS_BY_KIND[kind] if kind else ()


def fields_for(intervention: str) -> tuple[ProductField, ...]:
    """Every box of an intervention."""
    return tuple(field for group in groups_for(intervention) for field in group.fields)
