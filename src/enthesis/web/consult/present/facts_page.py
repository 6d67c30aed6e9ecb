"""The page of facts: what is asked about whom, what stands in it, what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.errors import Fault
from enthesis.web.consult.present.choices import Chosen
from enthesis.web.consult.present.fact_boxes import BoxGroup, box_groups, summary
from enthesis.web.consult.present.fact_document import Given
from enthesis.web.consult.present.fact_fields import groups_for

__all__ = ["FactsPage", "facts_page"]


@dataclass(frozen=True, slots=True)
class FactsPage:
    """The form; ``faults`` are id of the box, label and sentence."""

    chosen: Chosen
    groups: tuple[BoxGroup, ...]
    faults: tuple[tuple[str, str, str], ...]


def facts_page(chosen: Chosen, given: Given, faults: Iterable[Fault] = (), sex: str = "") -> FactsPage:
    """The form with what was typed."""
    held = tuple(faults)
    groups = box_groups(groups_for(chosen.condition, chosen.intervention, sex), given, held)
    return FactsPage(chosen, groups, summary(groups, held))
