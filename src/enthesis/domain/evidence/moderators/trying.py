"""All declared moderators tried on one question, with what trying many of them does to a p-value."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from enthesis.domain.evidence.fragility import Trial, kin_of
from enthesis.domain.evidence.fragility.trials import Kin
from enthesis.domain.evidence.moderators.fitting import Tried, try_moderator
from enthesis.domain.evidence.moderators.moderator import MODERATORS
from enthesis.domain.evidence.moderators.pool import ModeratedPool, pool_over_follow_up
from enthesis.domain.evidence.topics import Evidence

__all__ = ["Moderation", "holm", "kin_of", "moderation"]


@dataclass(frozen=True, slots=True)
class Moderation:
    """Every moderator tried on the trials of one question, whatever their follow-up.

    ``by_chance`` is the probability that at least one p-value of as many unrelated moderators as were fitted
    is below 0.05 by chance alone.
    """

    pool: ModeratedPool
    tried: tuple[Tried, ...]

    @property
    def fitted(self) -> tuple[Tried, ...]:
        """Moderators with a line."""
        return tuple(t for t in self.tried if t.fitted is not None)

    @property
    def by_chance(self) -> float:
        """Probability of at least one p-value below 0.05 by chance, were the moderators unrelated."""
        return float(1.0 - 0.95 ** len(self.fitted))

    @property
    def answered(self) -> tuple[Tried, ...]:
        """Moderators that enough trials tell for something to be said."""
        return tuple(t for t in self.tried if t.too_few is None)


def moderation(kin: Kin, trials: Sequence[Trial], evidence: Evidence) -> Moderation:
    """All moderators of one question; the follow-up is one of them, so no horizon is chosen."""
    sd_points = evidence.sd_points.get((kin.condition, kin.outcome)) or evidence.sd_points.get(
        ("", kin.outcome)
    )
    pool = pool_over_follow_up(
        kin,
        trials,
        evidence.rules,
        family=evidence.vocabulary.conditions[kin.condition].family,
        sd_points=sd_points,
    )
    tried = [try_moderator(pool, moderator, evidence.rules) for moderator in MODERATORS]
    raised = iter(holm([t.fitted.p_permutation for t in tried if t.fitted]))
    return Moderation(
        pool,
        tuple(replace(t, fitted=replace(t.fitted, p_holm=next(raised))) if t.fitted else t for t in tried),
    )


def holm(p: Sequence[float]) -> list[float]:
    """P-values raised so that all together keep their level, in the order given.

    Source: Holm 1979, Scandinavian Journal of Statistics 6:65-70.
    """
    order = sorted(range(len(p)), key=lambda i: p[i])
    raised, highest = [0.0] * len(p), 0.0
    for place, i in enumerate(order):
        highest = max(highest, min(1.0, (len(p) - place) * p[i]))
        raised[i] = highest
    return raised
