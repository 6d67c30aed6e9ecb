"""What a reader must know before trusting a block model."""

from collections.abc import Iterator

import numpy as np

from enthesis.statistics.blocks.grouping import Grouping
from enthesis.statistics.blocks.likelihood import split
from enthesis.statistics.blocks.model import BlockModel
from enthesis.statistics.blocks.results import BlockCertificate
from enthesis.statistics.blocks.unstructured import Unstructured
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat

__all__ = ["block_doubts"]

#: Below it normal intervals are too short, and robust ones rest on few degrees of freedom.
#: Source: Tipton 2015, doi:10.1037/met0000011.
FEW_BLOCKS = 40

#: A component moves freely over its own size while the log-likelihood changes by less than this.
FLAT = 1e-4

#: Groups in which a level, or a pair of levels, must occur before its variance or correlation means much.
FEW_GROUPS = 3


def block_doubts(model: BlockModel, certificate: BlockCertificate, theta: Array) -> tuple[Caveat, ...]:
    """The caveats of one fitted block model."""
    return (
        *_of_certificate(certificate),
        *_of_blocks(model),
        *(
            caveat
            for grouping, own in zip(model.groupings, split(model, theta), strict=True)
            for caveat in _of_levels(grouping, own)
        ),
    )


def _of_certificate(certificate: BlockCertificate) -> Iterator[Caveat]:
    if not certificate.converged:
        yield Caveat("not-converged", "The components were not proved to be a maximum of the likelihood.")
    if certificate.boundary:
        which = ", ".join(certificate.boundary)
        yield Caveat(
            "component-on-boundary",
            f"At the end of their range: {which}. That does not show that there is no such variance.",
        )
    if certificate.optima > 1:
        yield Caveat(
            "several-optima", f"The likelihood has {certificate.optima} peaks; the highest one was taken."
        )
    if (
        certificate.converged
        and certificate.starts
        and certificate.curvature < FLAT
        and not certificate.boundary
    ):
        yield Caveat("flat-likelihood", "The likelihood hardly changes along one of the components.")


def _of_blocks(model: BlockModel) -> Iterator[Caveat]:
    n = model.n_blocks
    if n < FEW_BLOCKS:
        yield Caveat(
            "few-blocks", f"{n} independent blocks: intervals are likely too short; compare with robust CR2."
        )
    repeated = bool(len(model.sampling.values))
    if model.groupings and n < model.k and not repeated:
        yield Caveat(
            "sampling-covariance-unknown",
            "Effects of one study were taken as measured on different patients; "
            "if they share patients, give their correlation or use robust variance.",
        )


def _of_levels(grouping: Grouping, theta: Array) -> Iterator[Caveat]:
    """Levels, and for UN pairs of levels, that hardly any group has."""
    m = len(grouping.levels)
    if m == 1 or len(theta) < m:
        return
    seen = np.zeros((len(grouping.groups), m))
    seen[grouping.group, grouping.level] = 1.0
    together = (seen.T @ seen).astype(np.int64)
    labels = grouping.levels
    rare = [str(labels[i]) for i in range(m) if together[i, i] < FEW_GROUPS]
    if rare:
        yield Caveat("rare-level", f"Levels that fewer than {FEW_GROUPS} studies have: {', '.join(rare)}.")
    if isinstance(grouping.structure, Unstructured):
        i, j = np.nonzero(np.triu(together < FEW_GROUPS, 1))
        pairs = [f"{labels[a]} with {labels[b]}" for a, b in zip(i, j, strict=True)]
        if pairs:
            text = f"Correlations that fewer than {FEW_GROUPS} studies inform: {', '.join(pairs)}."
            yield Caveat("rare-pair", text)
