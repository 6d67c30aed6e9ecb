"""Items and the answers they allow."""

from dataclasses import dataclass
from typing import Literal

from enthesis.errors import Fault, InvalidData

__all__ = ["Better", "Item", "Response"]

Better = Literal["lower", "higher", "none"]


@dataclass(frozen=True, slots=True)
class Response:
    """Answers one item allows, and what each is worth.

    ``levels`` lists the allowed answers where they are not every whole number or every real number
    between ``minimum`` and ``maximum``. ``points`` says what each level is worth; without it an answer
    is worth itself, or ``minimum + maximum - answer`` when ``reverse``. ``blank`` is what a missing
    answer is worth on forms where leaving a line empty is an answer.
    """

    minimum: float
    maximum: float
    better: Better
    whole: bool = True
    levels: tuple[float, ...] = ()
    points: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    reverse: bool = False
    blank: float | None = None
    unit: str = ""

    def __post_init__(self) -> None:
        """Refuse a scale that contradicts itself.

        Raises:
            InvalidData: Empty range, levels outside it, or points or labels that do not pair with levels.
        """
        faults = []
        if self.minimum >= self.maximum:
            faults.append(Fault(f"minimum {self.minimum:g} must lie below maximum {self.maximum:g}."))
        if any(not self.minimum <= level <= self.maximum for level in self.levels):
            faults.append(Fault(f"levels {self.levels} leave {self.minimum:g} to {self.maximum:g}."))
        if list(self.levels) != sorted(set(self.levels)):
            faults.append(Fault(f"levels {self.levels} must rise without repeats."))
        if self.points and len(self.points) != len(self.allowed):
            faults.append(Fault(f"{len(self.points)} points for {len(self.allowed)} levels."))
        if self.labels and len(self.labels) != len(self.allowed):
            faults.append(Fault(f"{len(self.labels)} labels for {len(self.allowed)} levels."))
        if faults:
            raise InvalidData(faults)

    @property
    def allowed(self) -> tuple[float, ...]:
        """Every allowed answer, rising; empty for a line that takes any number between its ends."""
        if self.levels or not self.whole:
            return self.levels
        return tuple(float(v) for v in range(int(self.minimum), int(self.maximum) + 1))

    @property
    def most(self) -> float:
        """The highest worth an answer can have."""
        return max(self.points) if self.points else self.maximum

    def words(self) -> str:
        """Allowed answers in words, for a message to whoever typed something else."""
        if self.levels:
            return "one of " + ", ".join(f"{v:g}" for v in self.levels)
        kind = "a whole number" if self.whole else "a number"
        return f"{kind} from {self.minimum:g} to {self.maximum:g}"


@dataclass(frozen=True, slots=True)
class Item:
    """One question. The wording is only here when its licence lets it ship."""

    id: str
    number: int
    response: Response
    topic: str = ""
    text: str = ""
