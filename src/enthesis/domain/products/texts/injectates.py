"""An injection without cells in sentences."""

from enthesis.domain.products.answers.injectates import InjectateReport
from enthesis.domain.products.injectates import Corticosteroid, HyaluronicAcid, Prolotherapy
from enthesis.domain.products.texts.delivery import delivered
from enthesis.domain.products.texts.phrases import joined, number

__all__ = ["injectate_sentences"]


def injectate_sentences(report: InjectateReport) -> list[str]:
    """What is recorded of the injection."""
    product = report.product
    if isinstance(product, Prolotherapy):
        what, holding = _prolotherapy(product), number(product.dextrose_g, "g of dextrose")
    elif isinstance(product, HyaluronicAcid):
        what, holding = _hyaluronate(product), number(product.dose_mg, "mg of hyaluronate")
    else:
        what, holding = _steroid(product), number(product.dose_mg, "mg")
    return [what, delivered(product.delivery, product.volume_ml, holding, None)]


def _prolotherapy(product: Prolotherapy) -> str:
    strength = number(product.dextrose_percent, "%")
    added = f"with {product.anaesthetic}" if product.anaesthetic else None
    points = f"in {product.points} points" if product.points else None
    each = number(product.volume_per_point_ml, "mL each")
    where = joined(points, f"of {each}" if each else None)
    return joined("Prolotherapy:", strength, product.agent or "dextrose", added, where)


def _hyaluronate(product: HyaluronicAcid) -> str:
    linked = {True: "cross-linked", False: "not cross-linked", None: None}[product.cross_linked]
    weight = number(product.molecular_weight_kda, "kDa")
    strength = number(product.concentration_mg_per_ml, "mg/mL")
    facts = joined(weight, linked, strength, f"lot {product.lot}" if product.lot else None, between=", ")
    return joined("Hyaluronic acid:", product.product, f"({facts})" if facts else None)


def _steroid(product: Corticosteroid) -> str:
    lot = f"(lot {product.lot})" if product.lot else None
    return joined("Corticosteroid:", product.agent or "agent not recorded", lot)
