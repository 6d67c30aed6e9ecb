"""Everything that is known of products as one value: systems, limits, criteria, checklists."""

from dataclasses import dataclass

from enthesis.domain.products.classes.classification import Classification
from enthesis.domain.products.msc import MscCriteria
from enthesis.domain.products.plausibility.limits import PlausibilityLimits
from enthesis.domain.products.reporting.checklist import Checklist

__all__ = ["ProductRules"]


@dataclass(frozen=True, slots=True)
class ProductRules:
    """The rules that every function of this room is given; ``catalogue.product_rules`` reads them."""

    classifications: tuple[Classification, ...]
    limits: PlausibilityLimits
    msc: MscCriteria
    checklists: tuple[Checklist, ...]

    @property
    def in_use(self) -> tuple[Classification, ...]:
        """Systems whose rule was found."""
        return tuple(system for system in self.classifications if system.is_on)

    @property
    def switched_off(self) -> tuple[Classification, ...]:
        """Systems whose rule was not found, each with its reason."""
        return tuple(system for system in self.classifications if not system.is_on)
