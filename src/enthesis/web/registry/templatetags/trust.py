"""What stands beside a row of the record: corrections, queries, signatures."""

from typing import Any

from django import template

from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.trust import row_trust

__all__ = ["register", "trust_of"]

register = template.Library()


@register.inclusion_tag("registry/trust/beside.html")
def trust_of(row: AboutPatient, *, sign: bool = True) -> dict[str, Any]:
    """The part of a page about one row; ``sign`` is False where the page has its own way to sign."""
    return {"trust": row_trust(row), "sign": sign}
