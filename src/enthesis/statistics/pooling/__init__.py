"""Pooling of study effects: what k studies say together, and how sure that is.

Arrays of effects ``y`` and sampling variances ``v`` in, frozen results out. Every kernel takes a
batch (B, k) in which an absent study has no weight; the single analysis is the batch of one.
The words owned here: ``mu`` pooled effect, ``tau2`` between-study variance, ``q``, ``i2``, ``h2``,
prediction interval, certificate, caveat.
"""

from enthesis.statistics.pooling.batch import PooledBatch, pool_batch
from enthesis.statistics.pooling.bayes import BayesianEffect, bayes_pool
from enthesis.statistics.pooling.bayes_batch import BayesianBatch, bayes_pool_batch
from enthesis.statistics.pooling.influence import Influence, influence
from enthesis.statistics.pooling.likelihood_fit import FitStatistics, fit_statistics
from enthesis.statistics.pooling.regression import meta_regression, predict
from enthesis.statistics.pooling.regression_results import (
    Coefficient,
    Heterogeneity,
    MetaRegression,
    ModeratorTest,
    PredictedEffect,
)
from enthesis.statistics.pooling.results import Caveat, Certificate, PooledEffect
from enthesis.statistics.pooling.sceptical import ScepticalCoefficient, sceptical_coefficient
from enthesis.statistics.pooling.sensitivity import cumulative, leave_one_out
from enthesis.statistics.pooling.shrinkage import ShrunkenEffects, blup
from enthesis.statistics.pooling.single import pool, row_of
from enthesis.statistics.pooling.subgroups import Subgroup, Subgroups, subgroups
from enthesis.statistics.pooling.tau2_interval import Tau2Interval, tau2_interval

__all__ = [
    "BayesianBatch",
    "BayesianEffect",
    "Caveat",
    "Certificate",
    "Coefficient",
    "FitStatistics",
    "Heterogeneity",
    "Influence",
    "MetaRegression",
    "ModeratorTest",
    "PooledBatch",
    "PooledEffect",
    "PredictedEffect",
    "ScepticalCoefficient",
    "ShrunkenEffects",
    "Subgroup",
    "Subgroups",
    "Tau2Interval",
    "bayes_pool",
    "bayes_pool_batch",
    "blup",
    "cumulative",
    "fit_statistics",
    "influence",
    "leave_one_out",
    "meta_regression",
    "pool",
    "pool_batch",
    "predict",
    "row_of",
    "sceptical_coefficient",
    "subgroups",
    "tau2_interval",
]
