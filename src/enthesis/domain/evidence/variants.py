"""One product against itself prepared or given otherwise: rich against poor, three injections against one.

Such comparisons say which way of giving a product does better, not whether it works; they never enter a
question about the product.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import combinations

from enthesis.domain.evidence.picking import read_pair
from enthesis.domain.evidence.questions import Comparison, intervention_key, treatments
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.sizes import Contrast, measure
from enthesis.domain.evidence.study import Arm, Product, Study
from enthesis.domain.vocabulary import ComparatorClass

__all__ = ["Variant", "variants"]


@dataclass(frozen=True, slots=True)
class Variant:
    """Two arms of one study that got the same product in different ways, with every comparison of them."""

    study: Study
    first: Arm
    second: Arm
    intervention: str
    differs: tuple[str, ...]
    contrasts: tuple[Contrast, ...]


def variants(studies: Iterable[Study], rules: EvidenceRules) -> Iterator[Variant]:
    """Every pair of arms with the same treatment in a comparative study."""
    for study in studies:
        arms = [arm for arm in study.arms if arm.is_original]
        for first, second in combinations(arms, 2):
            given = treatments(first, rules) - rules.background
            if study.is_comparative and given and given == treatments(second, rules) - rules.background:
                yield _variant(study, first, second, intervention_key(given, rules), rules)


def _variant(study: Study, first: Arm, second: Arm, name: str, rules: EvidenceRules) -> Variant:
    pair = Comparison(first.id, second.id, name, ComparatorClass.OTHER_BIOLOGIC, name, ())
    picks = [pick for at in range(len(study.results)) if (pick := read_pair(study, at, pair))]
    return Variant(
        study, first, second, name, _differences(first.product, second.product), tuple(measure(picks, rules))
    )


def _differences(a: Product, b: Product) -> tuple[str, ...]:
    said = []
    for field in fields(Product):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if x is not None and y is not None and x != y:
            said.append(f"{field.name}: {x} against {y}")
    return tuple(said)
