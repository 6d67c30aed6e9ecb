"""A platelet product as it was measured: rich or poor plasma, releasate, lysate."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from enthesis.domain.products.checks import not_one_of, raise_any
from enthesis.domain.products.counts import CellCounts, WholeBlood
from enthesis.domain.products.delivery import Delivery
from enthesis.domain.products.kinds import PLATELET_KINDS, ProductKind
from enthesis.domain.products.preparation import Activation, Preparation
from enthesis.errors import Fault

__all__ = ["FIBRIN", "PlateletProduct"]

FIBRIN = ("low", "high")


@dataclass(frozen=True, slots=True)
class PlateletProduct:
    """What was drawn, made and injected; volumes in mL. Everything else is derived from it.

    ``fibrin`` is the density of the network after activation: 'high' for a solid clot or membrane.
    """

    kind: ProductKind = ProductKind.PRP
    whole_blood: WholeBlood = field(default_factory=WholeBlood)
    counts: CellCounts = field(default_factory=CellCounts)
    volume_prepared_ml: float | None = None
    volume_injected_ml: float | None = None
    preparation: Preparation = field(default_factory=Preparation)
    activation: Activation = field(default_factory=Activation)
    delivery: Delivery = field(default_factory=Delivery)
    fibrin: str | None = None
    sterility: str | None = None
    growth_factors: str | None = None

    def __post_init__(self) -> None:
        """Refuse volumes that cannot come out of each other."""
        raise_any(self._faults())

    def _faults(self) -> Iterator[Fault]:
        if self.kind not in PLATELET_KINDS:
            yield Fault(f"'{self.kind}' is no platelet product.", "kind")
        yield from not_one_of(FIBRIN, fibrin=self.fibrin)
        for name, volume in (
            ("volume_prepared", self.volume_prepared_ml),
            ("volume_injected", self.volume_injected_ml),
        ):
            if volume is not None and not volume > 0:
                yield Fault(f"Impossible volume {volume:g} mL; must be above 0.", f"product.{name}")
        yield from self._volume_faults()

    def _volume_faults(self) -> Iterator[Fault]:
        blood, prepared, injected = (
            self.whole_blood.volume_ml,
            self.volume_prepared_ml,
            self.volume_injected_ml,
        )
        if blood is not None and prepared is not None and blood < prepared:
            yield Fault(
                f"{prepared:g} mL of product cannot come from {blood:g} mL of blood.",
                "whole_blood.volume",
                "Check whether the two volumes were exchanged, or one was entered in litres.",
            )
        if prepared is not None and injected is not None and injected > prepared:
            yield Fault(
                f"{injected:g} mL injected is more than the {prepared:g} mL prepared.",
                "product.volume_injected",
                "Enter one injection, not the sum of several.",
            )
