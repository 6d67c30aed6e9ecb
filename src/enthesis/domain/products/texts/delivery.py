"""An injection in words."""

from enthesis.domain.products.delivery import Delivery
from enthesis.domain.products.texts.phrases import joined, number

__all__ = ["delivered"]

_GUIDED = {
    "ultrasound": "under ultrasound guidance",
    "fluoroscopy": "under fluoroscopy",
    "ct": "under CT guidance",
    "blind": "by landmarks, without imaging",
}


def delivered(delivery: Delivery, volume_ml: float | None, holding: str | None, minutes: float | None) -> str:
    """What was injected, how and when, as far as it is recorded."""
    volume = number(volume_ml, "mL")
    course = joined(
        f"into {delivery.site}" if delivery.site else None,
        f"through {delivery.needle}" if delivery.needle else None,
        _GUIDED.get(delivery.guidance or ""),
        _course(delivery),
        f"{number(minutes)} minutes after preparation" if minutes is not None else None,
        f"with {delivery.anaesthetic}" if delivery.anaesthetic else None,
        between=", ",
    )
    if not volume and not holding and not course:
        return ""
    amount = joined(volume, f"({holding})" if holding and volume else holding) or "The product"
    return joined(f"{amount} was injected", course)


def _course(delivery: Delivery) -> str | None:
    if delivery.injections is None:
        return None
    if delivery.injections == 1:
        return "once"
    apart = f" {number(delivery.interval_days)} days apart" if delivery.interval_days else ""
    return f"{delivery.injections} times{apart}"
