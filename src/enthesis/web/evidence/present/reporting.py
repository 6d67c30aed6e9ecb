"""How much of a product the reports tell: for one study, and for the literature that is held."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from statistics import median

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.evidence.study import Arm, Study
from enthesis.domain.products import ReportedItems, reported_items, reported_product

__all__ = ["Told", "literature_sentence", "told_of"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a report states of one arm: 'k of n' in all and of the product, what, and the limit of it."""

    arm: str
    count: str
    of_product: str
    stated: str
    caveat: str


def told_of(study: Study) -> tuple[Told, ...]:
    """One line for each arm whose treatment a checklist covers."""
    found = ((arm, _items(study, arm)) for arm in study.arms)
    return tuple(_told(arm, items) for arm, items in found if items is not None)


def literature_sentence(studies: Iterable[Study]) -> str:
    """How much the platelet-rich plasma arms of the catalogue tell of what was injected."""
    items = [_items(study, arm) for study in studies for arm in study.arms if arm.intervention == "prp"]
    counted = [found.of_product for found in items if found is not None]
    if not counted:
        return ""
    doses = sum("dose" in label.lower() for found in items if found for label in found.reported)
    share = median(k / n for k, n in counted)
    return (
        f"Of {len(counted)} arms that got platelet-rich plasma, half state at most {share:.0%} of the points "
        f"that tell what was injected and how, as far as the pages read show. The platelet dose is stated "
        f"for {doses or 'none'} of them."
    )


def _told(arm: Arm, items: ReportedItems) -> Told:
    k, n = items.of_product
    stated = ", ".join(label[0].lower() + label[1:] for label in items.reported) or "nothing"
    return Told(arm.label, str(items), f"{k} of {n}", stated, items.caveats[0])


@cache
def _items(study: Study, arm: Arm) -> ReportedItems | None:
    return reported_items(reported_product(arm.product, arm, study), load_product_rules().checklists)
