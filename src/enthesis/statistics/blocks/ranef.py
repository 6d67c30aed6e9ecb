"""Predicted random effects: how far each study, outcome or effect lies from what the design says."""

from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np

from enthesis.statistics.blocks.grouping import Grouping
from enthesis.statistics.blocks.likelihood import White, contribution, split, whiten
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.blocks.results import BlockFit
from enthesis.statistics.distributions import ndtri
from enthesis.statistics.pooling.data import Array, check_level

__all__ = ["RandomEffect", "ranef"]


@dataclass(frozen=True, slots=True)
class RandomEffect:
    """The best linear unbiased prediction of one random effect.

    Attributes:
        term: Set of random effects: "study", "study/effect", "outer".
        group: Label of the study, or (study, effect) for effects within studies.
        level: Outcome or time within the group; None for a plain intercept.
        estimate: Prediction, in the unit of y.
        se: Standard error of prediction, as if the components were known.
        interval: Normal interval of the effect.
    """

    term: str
    group: Hashable
    level: Hashable
    estimate: float
    se: float
    interval: tuple[float, float]


def ranef(fitted: BlockFit, *, level: float | None = None) -> tuple[RandomEffect, ...]:
    """Every random effect that a row of the data informs, term by term, in order of first appearance.

    Args:
        fitted: What `fit` gave.
        level: Coverage of the intervals; the model's if left out.

    Source: Robinson 1991, doi:10.1214/ss/1177011926; Henderson 1975, doi:10.2307/2529430.
    """
    model = fitted.model
    level = check_level(fitted.level if level is None else level)
    G = [s.covariance(t) for s, t in zip(model.structures, split(model, fitted.theta), strict=True)]
    white = whiten(model, G)
    critical = float(ndtri(0.5 + level / 2.0))
    return tuple(
        effect
        for index, (grouping, one) in enumerate(zip(model.groupings, G, strict=True))
        for effect in _effects(model, white, grouping, index, one, critical)
    )


def _effects(
    model: BlockModel, white: White, grouping: Grouping, index: int, G: Array, critical: float
) -> list[RandomEffect]:
    estimate, variance = _predict(model, white, grouping, index, G)
    places = np.column_stack([grouping.group, grouping.level])
    _, first = np.unique(places, axis=0, return_index=True)
    found = []
    for row in np.sort(first):
        value, se = float(estimate[row]), float(np.sqrt(max(variance[row], 0.0)))
        name, at = grouping.groups[grouping.group[row]], grouping.levels[grouping.level[row]]
        interval = (value - critical * se, value + critical * se)
        found.append(RandomEffect(grouping.name, name, at, value, se, interval))
    return found


def _predict(
    model: BlockModel, white: White, grouping: Grouping, index: int, G: Array
) -> tuple[Array, Array]:
    """Prediction and its error variance for the random effect that each row takes part in, (k,) each.

    The covariance of that effect with the block's data is the row of what its term adds to M.
    """
    estimate, variance = np.empty(model.k), np.empty(model.k)
    own = np.diagonal(G)[grouping.level]
    for batch, inverse, Q, residual in zip(
        model.batches, white.inverse, white.Q, white.residual, strict=True
    ):
        whitened = contribution(batch, index, G) @ inverse.swapaxes(1, 2)
        present, rows = batch.shelf.present, batch.shelf.rows[batch.shelf.present]
        estimate[rows] = (whitened @ residual[:, :, None])[..., 0][present]
        inside = whitened @ Q
        known = np.square(whitened).sum(axis=2) - np.square(inside).sum(axis=2)
        variance[rows] = own[rows] - known[present]
    return model.unit * estimate, model.unit**2 * variance
