"""Reads the record of a cell product."""

from types import MappingProxyType
from typing import Any

from enthesis.domain.products.cells import DONORS, CellProduct, Culture, Harvest, Phenotype
from enthesis.domain.products.intake.delivery import read_delivery
from enthesis.domain.products.intake.fields import Fields
from enthesis.domain.products.kinds import ProductKind

__all__ = ["read_cells"]


def read_cells(fields: Fields, kind: ProductKind) -> CellProduct | None:
    """Cell product of a document, or None when a part of it has a fault."""
    parts: dict[str, Any] = {
        "harvest": _harvest(fields.group("harvest")),
        "culture": _culture(fields.group("culture")),
        "phenotype": _phenotype(fields.group("phenotype")),
        "delivery": read_delivery(fields),
    }
    made = fields.group("product")
    rest = {
        "donor": fields.text("donor", DONORS),
        "donor_age_years": fields.number("donor_age_years"),
        "nucleated_e6_per_ml": made.e9_per_l("nucleated"),
        "viability_percent": made.number("viability"),
        "viability_method": made.text("viability_method"),
        "cfu_f_per_e6": made.number("cfu_f_per_e6"),
        "cd34_percent": made.number("cd34"),
        "haematocrit_percent": made.number("haematocrit"),
        "volume_prepared_ml": made.volume_ml("volume_prepared"),
        "volume_injected_ml": made.volume_ml("volume_injected"),
        "sterility": made.text("sterility"),
        "endotoxin": made.text("endotoxin"),
        "mycoplasma": made.text("mycoplasma"),
        "minutes_to_injection": made.number("minutes_to_injection"),
    }
    made.nothing_else()
    if any(part is None for part in parts.values()):
        return None
    return fields.build(CellProduct, kind=kind, **parts, **rest)


def _harvest(group: Fields) -> Harvest | None:
    harvest = group.build(
        Harvest,
        tissue=group.text("tissue"),
        site=group.text("site"),
        needle=group.text("needle"),
        volume_per_puncture_ml=group.volume_ml("volume_per_puncture"),
        punctures=group.whole("punctures"),
        volume_ml=group.volume_ml("volume"),
        anticoagulant=group.text("anticoagulant"),
        device=group.text("device"),
        lot=group.text("lot"),
        enzyme=group.text("enzyme"),
    )
    group.nothing_else()
    return harvest


def _culture(group: Fields) -> Culture | None:
    culture = group.build(
        Culture,
        medium=group.text("medium"),
        serum=group.text("serum"),
        passage=group.whole("passage"),
        population_doublings=group.number("population_doublings"),
        cryopreserved=group.truth("cryopreserved"),
        gmp=group.truth("gmp"),
        karyotype=group.text("karyotype"),
    )
    group.nothing_else()
    return culture


def _phenotype(group: Fields) -> Phenotype | None:
    phenotype = group.build(
        Phenotype,
        plastic_adherent=group.truth("plastic_adherent"),
        markers_percent=MappingProxyType(dict(group.numbers("markers_percent"))),
        lineages=group.texts("lineages"),
    )
    group.nothing_else()
    return phenotype
