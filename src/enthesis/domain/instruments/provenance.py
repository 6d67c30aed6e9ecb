"""Where a fact comes from, and how near to its owner it was read."""

from dataclasses import dataclass
from typing import Literal, get_args

from enthesis.errors import Fault, InvalidData

__all__ = ["Source", "Standing"]

Standing = Literal["owner", "paper", "secondary"]


@dataclass(frozen=True, slots=True)
class Source:
    """One place a fact was read: the owner's manual, a paper, or someone who repeats them."""

    id: str
    standing: Standing
    read: str
    url: str = ""
    doi: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a source that cannot be followed.

        Raises:
            InvalidData: Neither address nor DOI, or an unknown standing.
        """
        faults = []
        if not (self.url or self.doi):
            faults.append(Fault("needs a url or a doi.", f"sources.{self.id}"))
        if self.standing not in get_args(Standing):
            allowed = ", ".join(get_args(Standing))
            faults.append(
                Fault(f"standing '{self.standing}'; must be one of {allowed}.", f"sources.{self.id}")
            )
        if faults:
            raise InvalidData(faults)

    @property
    def address(self) -> str:
        """The link a reader can follow; the DOI when there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
