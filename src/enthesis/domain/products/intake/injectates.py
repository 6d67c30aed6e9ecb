"""Reads the records of injections without cells."""

from enthesis.domain.products.injectates import Corticosteroid, HyaluronicAcid, Prolotherapy
from enthesis.domain.products.intake.delivery import read_delivery
from enthesis.domain.products.intake.fields import Fields
from enthesis.domain.products.kinds import ProductKind

__all__ = ["read_corticosteroid", "read_hyaluronic_acid", "read_prolotherapy"]


def read_prolotherapy(fields: Fields, _: ProductKind) -> Prolotherapy | None:
    """Prolotherapy of a document."""
    made, delivery = fields.group("product"), read_delivery(fields)
    values = {
        "agent": made.text("agent"),
        "dextrose_percent": made.number("dextrose_percent"),
        "anaesthetic": made.text("anaesthetic"),
        "volume_per_point_ml": made.volume_ml("volume_per_point"),
        "points": made.whole("points"),
    }
    made.nothing_else()
    return made.build(Prolotherapy, delivery=delivery, **values) if delivery else None


def read_hyaluronic_acid(fields: Fields, _: ProductKind) -> HyaluronicAcid | None:
    """Hyaluronic acid of a document."""
    made, delivery = fields.group("product"), read_delivery(fields)
    values = {
        "product": made.text("name"),
        "molecular_weight_kda": made.number("molecular_weight_kda"),
        "cross_linked": made.truth("cross_linked"),
        "concentration_mg_per_ml": made.number("concentration_mg_per_ml"),
        "volume_ml": made.volume_ml("volume"),
        "lot": made.text("lot"),
        "expiry": made.text("expiry"),
    }
    made.nothing_else()
    return made.build(HyaluronicAcid, delivery=delivery, **values) if delivery else None


def read_corticosteroid(fields: Fields, _: ProductKind) -> Corticosteroid | None:
    """Corticosteroid of a document."""
    made, delivery = fields.group("product"), read_delivery(fields)
    values = {
        "agent": made.text("agent"),
        "dose_mg": made.number("dose_mg"),
        "volume_ml": made.volume_ml("volume"),
        "lot": made.text("lot"),
        "expiry": made.text("expiry"),
    }
    made.nothing_else()
    return made.build(Corticosteroid, delivery=delivery, **values) if delivery else None
