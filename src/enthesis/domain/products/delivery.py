"""How a product reached the tissue: guidance, site, number of injections."""

from dataclasses import dataclass

from enthesis.domain.products.checks import negatives, not_one_of, raise_any
from enthesis.errors import Fault

__all__ = ["GUIDANCE", "Delivery"]

GUIDANCE = ("ultrasound", "fluoroscopy", "ct", "blind")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One course of injections; the interval is in days. ``guidance`` 'blind' means by landmarks."""

    guidance: str | None = None
    site: str | None = None
    needle: str | None = None
    anaesthetic: str | None = None
    carrier: str | None = None
    injections: int | None = None
    interval_days: float | None = None

    def __post_init__(self) -> None:
        """Refuse unknown guidance and a course of no injections."""
        faults = [*not_one_of(GUIDANCE, guidance=self.guidance), *negatives(interval_days=self.interval_days)]
        if self.injections is not None and self.injections < 1:
            faults.append(
                Fault(f"Impossible number of injections {self.injections}; must be at least 1.", "injections")
            )
        raise_any(faults)

    @property
    def is_a_series(self) -> bool | None:
        """True for more than one injection, None when their number was not recorded."""
        return None if self.injections is None else self.injections > 1
