"""The code that a classification system gives to one product, with the parts it is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from enthesis.domain.products.classes.classification import Classification
from enthesis.domain.products.classes.scale import COMPARABLE, Choice, Ladder, Part, Rung
from enthesis.domain.products.measures import Measures
from enthesis.domain.products.platelets import PlateletProduct

__all__ = ["Code", "classify", "rung_on"]


@dataclass(frozen=True, slots=True)
class Code:
    """What one system says of one product; without a ``code``, ``reason`` says why.

    ``notes`` are doubts about the choices that this code rests on.
    """

    key: str
    name: str
    code: str | None
    reason: str = ""
    parts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()


def classify(product: PlateletProduct, measures: Measures, system: Classification) -> Code:
    """Code of one product in one system."""
    if not system.is_on:
        return Code(system.key, system.short, None, f"switched off: {system.switched_off}")
    if product.kind not in system.applies_to:
        return Code(system.key, system.short, None, f"{system.name} does not classify {product.kind.value}")
    codes: dict[str, str | None] = {}
    for part in system.parts:
        codes[part.id] = _code_of(part, product, measures, codes)
    if lacking := _lacking(system, codes):
        return Code(system.key, system.short, None, f"not measured: {', '.join(lacking)}")
    given = {name: system.not_measured if code is None else code for name, code in codes.items()}
    notes = tuple(_notes(system, product, measures))
    code = system.template.format(**given)
    return Code(system.key, system.short, code, parts=MappingProxyType(given), notes=notes)


def rung_on(ladder: Ladder, product: PlateletProduct, measures: Measures) -> Rung | None:
    """The rung that a product stands on, None when the quantity was not measured."""
    value, blood = _quantity(ladder.quantity, product, measures)
    if value is None or (ladder.needs_blood and blood is None):
        return None
    return ladder.rung_of(value, blood)


def _lacking(system: Classification, codes: Mapping[str, str | None]) -> list[str]:
    """Needed parts that were not measured, or all bands when none was."""
    ladders = [part.id for part in system.parts if isinstance(part, Ladder)]
    if all(codes[name] is None for name in ladders):
        return ladders
    return [name for name in system.needs if codes[name] is None]


def _code_of(
    part: Part, product: PlateletProduct, measures: Measures, codes: Mapping[str, str | None]
) -> str | None:
    if isinstance(part, Ladder):
        rung = rung_on(part, product, measures)
        return rung.code if rung else None
    if isinstance(part, Choice):
        return part.code_of(_fact(part.fact, product))
    return part.code_of(codes)


def _notes(system: Classification, product: PlateletProduct, measures: Measures) -> Iterator[str]:
    for part in system.parts:
        rung = rung_on(part, product, measures) if isinstance(part, Ladder) else None
        if rung and rung.note:
            yield rung.note


def _quantity(name: str, product: PlateletProduct, measures: Measures) -> tuple[float | None, float | None]:
    if name in COMPARABLE:
        count, drawn = f"{name}_e9_per_l", product.whole_blood.undiluted
        return getattr(product.counts, count), getattr(drawn, count)
    return getattr(measures, name), None


def _fact(name: str, product: PlateletProduct) -> str | None:
    if name == "fibrin":
        return product.fibrin
    is_exogenous = product.activation.is_exogenous
    if name == "activation":
        return None if is_exogenous is None else "exogenous" if is_exogenous else "none"
    return "none" if is_exogenous is False else product.activation.agent
