"""Injections that hold no cells: dextrose, hyaluronic acid, and corticosteroid as the comparator."""

from dataclasses import dataclass, field

from enthesis.domain.products.checks import negatives, raise_any, unlike_a_percentage
from enthesis.domain.products.delivery import Delivery
from enthesis.domain.products.kinds import ProductKind

__all__ = ["Corticosteroid", "HyaluronicAcid", "Injectate", "Prolotherapy"]


@dataclass(frozen=True, slots=True)
class Prolotherapy:
    """Dextrose into several points; volume per point in mL, dextrose in percent (g per 100 mL)."""

    agent: str | None = None
    dextrose_percent: float | None = None
    anaesthetic: str | None = None
    volume_per_point_ml: float | None = None
    points: int | None = None
    delivery: Delivery = field(default_factory=Delivery)

    def __post_init__(self) -> None:
        """Refuse negative volumes and impossible strengths."""
        raise_any(
            (
                *negatives(volume_per_point=self.volume_per_point_ml, points=self.points),
                *unlike_a_percentage(dextrose_percent=self.dextrose_percent),
            )
        )

    @property
    def kind(self) -> ProductKind:
        """Prolotherapy."""
        return ProductKind.PROLOTHERAPY

    @property
    def volume_ml(self) -> float | None:
        """Volume of one session in mL."""
        if self.volume_per_point_ml is None or self.points is None:
            return None
        return self.volume_per_point_ml * self.points

    @property
    def dextrose_g(self) -> float | None:
        """Dextrose of one session in grams."""
        if self.volume_ml is None or self.dextrose_percent is None:
            return None
        return self.volume_ml * self.dextrose_percent / 100


@dataclass(frozen=True, slots=True)
class HyaluronicAcid:
    """Hyaluronate; molecular weight in kDa, concentration in mg/mL, volume of one injection in mL."""

    product: str | None = None
    molecular_weight_kda: float | None = None
    cross_linked: bool | None = None
    concentration_mg_per_ml: float | None = None
    volume_ml: float | None = None
    lot: str | None = None
    expiry: str | None = None
    delivery: Delivery = field(default_factory=Delivery)

    def __post_init__(self) -> None:
        """Refuse negative values."""
        raise_any(
            negatives(
                molecular_weight=self.molecular_weight_kda,
                concentration=self.concentration_mg_per_ml,
                volume=self.volume_ml,
            )
        )

    @property
    def kind(self) -> ProductKind:
        """Hyaluronic acid."""
        return ProductKind.HYALURONIC_ACID

    @property
    def dose_mg(self) -> float | None:
        """Hyaluronate of one injection in mg."""
        if self.concentration_mg_per_ml is None or self.volume_ml is None:
            return None
        return self.concentration_mg_per_ml * self.volume_ml


@dataclass(frozen=True, slots=True)
class Corticosteroid:
    """Corticosteroid; dose in mg, volume of one injection in mL."""

    agent: str | None = None
    dose_mg: float | None = None
    volume_ml: float | None = None
    lot: str | None = None
    expiry: str | None = None
    delivery: Delivery = field(default_factory=Delivery)

    def __post_init__(self) -> None:
        """Refuse negative values."""
        raise_any(negatives(dose=self.dose_mg, volume=self.volume_ml))

    @property
    def kind(self) -> ProductKind:
        """Corticosteroid."""
        return ProductKind.CORTICOSTEROID


Injectate = Prolotherapy | HyaluronicAcid | Corticosteroid
