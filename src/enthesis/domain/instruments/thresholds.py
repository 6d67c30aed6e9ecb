"""Changes and states that matter: MCID, MDC and PASS, each with its population, method and source."""

from dataclasses import dataclass
from typing import Literal, get_args

from enthesis.errors import Fault, InvalidData

__all__ = ["Threshold", "ThresholdKind"]

ThresholdKind = Literal["mcid", "mdc", "pass"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """One published threshold of one score.

    ``value`` is in points, ``percent`` in percent of baseline; ``high`` and ``percent_high`` close a
    published range. ``scale`` says whether points are of the native score or of its 0-100 form.
    """

    id: str
    kind: ThresholdKind
    score: str
    population: str
    method: str
    source: str
    value: float | None = None
    high: float | None = None
    percent: float | None = None
    percent_high: float | None = None
    scale: Literal["native", "normal"] = "native"
    level: float | None = None
    ci: tuple[float, float] | None = None
    n: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a threshold without a number or with a kind nobody knows.

        Raises:
            InvalidData: No value and no percent, an unknown kind, or an inverted range.
        """
        where, faults = f"thresholds.{self.id}", []
        if self.kind not in get_args(ThresholdKind):
            faults.append(Fault(f"kind '{self.kind}'; must be mcid, mdc or pass.", where))
        if self.value is None and self.percent is None:
            faults.append(Fault("needs a value or a percent.", where))
        if self.value is not None and self.high is not None and self.high <= self.value:
            faults.append(Fault(f"range {self.value:g} to {self.high:g} must rise.", where))
        if faults:
            raise InvalidData(faults)

    def words(self) -> str:
        """The threshold as a reader would say it: points, percent, or both."""
        points = _span(self.value, self.high, " points" + (" of 100" if self.scale == "normal" else ""))
        return " or ".join(filter(None, (points, _span(self.percent, self.percent_high, " %"))))


def _span(low: float | None, high: float | None, unit: str) -> str:
    if low is None:
        return ""
    return f"{low:g}{unit}" if high is None else f"{low:g} to {high:g}{unit}"
