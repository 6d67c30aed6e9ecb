"""What stands beside a row of the record: corrections, queries, signatures."""

from typing import Any

from django import template

from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.trust import row_trust

__all__ = ["register", "trust_of"]

register = template.Library()


@register.inclusion_tag("registry/trust/beside.html")
def trust_of(row: AboutPatient, *, sign: bool = True, acts: bool = True, part: str = "") -> dict[str, Any]:
    """What stands beside a row on a page.

    Args:
        row: The row.
        sign: False where the page has its own way to sign.
        acts: False on a page that is itself one of the acts.
        part: What the row is, on a page about another one that has such links too.
    """
    return {
        "trust": row_trust(row),
        "sign": sign and acts,
        "acts": acts,
        "label": f"Trust in the {part}" if part else "Trust in this record",
        "correct": f"Put right the {part}" if part else "Put a value right",
        "ask": f"Ask about the {part}" if part else "Ask the site about it",
    }
