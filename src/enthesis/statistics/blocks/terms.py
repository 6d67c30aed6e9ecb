"""Random effects as a reader names them: which effects share something, and how it is correlated."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from enthesis.errors import Fault, InvalidData

__all__ = ["STRUCTURES", "Multivariate", "RandomIntercept", "Term", "ThreeLevel"]

#: ID one variance, no correlation | DIAG a variance per level | CS one variance and correlation |
#: HCS as CS with a variance per level | UN a variance per level, a correlation per pair |
#: AR rho ** steps | HAR as AR with a variance per level | CAR rho ** time, for uneven times.
STRUCTURES = ("AR", "CAR", "CS", "DIAG", "HAR", "HCS", "ID", "UN")


@dataclass(frozen=True, slots=True)
class RandomIntercept:
    """One random effect per group: all effects of a group share it.

    Attributes:
        group: Group (study, centre) of each effect, k labels.
        name: What to call it in results.
    """

    group: Sequence[Hashable]
    name: str = "study"


@dataclass(frozen=True, slots=True)
class ThreeLevel:
    """Effects within studies: one random effect per study and one per effect nested in it.

    Attributes:
        study: Study of each effect, k labels.
        effect: Label of each effect within its study, k labels; every row its own if left out.
        names: What to call the two levels in results.

    Source: Konstantopoulos 2011, doi:10.1002/jrsm.35; Van den Noortgate et al. 2013,
        doi:10.3758/s13428-012-0261-6.
    """

    study: Sequence[Hashable]
    effect: Sequence[Hashable] | None = None
    names: tuple[str, str] = ("study", "effect")


@dataclass(frozen=True, slots=True)
class Multivariate:
    """Random effects of several outcomes or times per study, correlated by a structure.

    Attributes:
        outer: Study of each effect, k labels; studies are independent.
        inner: Outcome or time of each effect, k labels; the same label has the same variance.
        structure: One of `STRUCTURES`.
        distance: Time of each effect (weeks), k numbers; for CAR, AR and HAR. The labels of ``inner``
            serve where it is left out, and then must be numbers.

    Raises:
        InvalidData: An unknown structure.

    Source: Berkey et al. 1998, doi:10.1002/(SICI)1097-0258(19981130)17:22<2537::AID-SIM953>3.0.CO;2-C;
        Ishak et al. 2007, doi:10.1177/1740774507083567; Musekiwa et al. 2016,
        doi:10.1371/journal.pone.0164898.
    """

    outer: Sequence[Hashable]
    inner: Sequence[Hashable]
    structure: str = "CS"
    distance: Sequence[float] | None = None

    def __post_init__(self) -> None:
        """Refuse a structure that is not there."""
        if self.structure not in STRUCTURES:
            raise InvalidData(
                Fault(f"{self.structure!r} is unknown;", "structure", f"give one of {', '.join(STRUCTURES)}.")
            )


Term: TypeAlias = RandomIntercept | ThreeLevel | Multivariate
