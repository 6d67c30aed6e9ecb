"""Reads how a product was delivered; the same fields for every kind."""

from enthesis.domain.products.delivery import GUIDANCE, Delivery
from enthesis.domain.products.intake.fields import Fields

__all__ = ["read_delivery"]


def read_delivery(fields: Fields) -> Delivery | None:
    """Delivery of a document's group ``delivery``."""
    group = fields.group("delivery")
    delivery = group.build(
        Delivery,
        guidance=group.text("guidance", GUIDANCE),
        site=group.text("site"),
        needle=group.text("needle"),
        anaesthetic=group.text("anaesthetic"),
        carrier=group.text("carrier"),
        injections=group.whole("injections"),
        interval_days=group.number("interval_days"),
    )
    group.nothing_else()
    return delivery
