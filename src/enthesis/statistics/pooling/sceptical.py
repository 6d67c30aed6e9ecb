"""A regression coefficient seen through a sceptical prior: what few studies can move a doubter to believe."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri, stdtr, stdtrit
from scipy.stats import norm, t

from enthesis.errors import Fault, InvalidData, raise_faults
from enthesis.statistics.pooling.data import check_level

__all__ = ["ScepticalCoefficient", "sceptical_coefficient"]
