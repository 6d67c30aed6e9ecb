"""Normal, t, chi-squared, F, binomial, beta and gamma distributions, named as in scipy.special.

scipy.special takes longer to import than all of numpy, and most users of a room never ask for a p-value:
it is imported at the first call.
"""

from typing import Any

from numpy.typing import ArrayLike

__all__ = [
    "bdtr",
    "betaincinv",
    "chdtrc",
    "chdtri",
    "fdtrc",
    "gammainc",
    "log_ndtr",
    "ndtr",
    "ndtri",
    "stdtr",
    "stdtrit",
]


def ndtr(x: ArrayLike) -> Any:
    """P(Z <= x) of the standard normal."""
    from scipy import special

    return special.ndtr(x)


def log_ndtr(x: ArrayLike) -> Any:
    """log P(Z <= x) of the standard normal."""
    from scipy import special

    return special.log_ndtr(x)


def ndtri(p: ArrayLike) -> Any:
    """Quantile p of the standard normal."""
    from scipy import special

    return special.ndtri(p)


def stdtr(df: ArrayLike, t: ArrayLike) -> Any:
    """P(T <= t) of Student's t with df degrees of freedom."""
    from scipy import special

    return special.stdtr(df, t)


def stdtrit(df: ArrayLike, p: ArrayLike) -> Any:
    """Quantile p of Student's t with df degrees of freedom."""
    from scipy import special

    return special.stdtrit(df, p)


def chdtrc(df: ArrayLike, x: ArrayLike) -> Any:
    """P(X > x) of chi-squared with df degrees of freedom."""
    from scipy import special

    return special.chdtrc(df, x)


def chdtri(df: ArrayLike, p: ArrayLike) -> Any:
    """The value that chi-squared with df degrees of freedom exceeds with probability p."""
    from scipy import special

    return special.chdtri(df, p)


def fdtrc(df1: ArrayLike, df2: ArrayLike, x: ArrayLike) -> Any:
    """P(F > x) of the F distribution with df1 and df2 degrees of freedom."""
    from scipy import special

    return special.fdtrc(df1, df2, x)


def bdtr(x: ArrayLike, n: ArrayLike, p: ArrayLike) -> Any:
    """P(X <= x) of the binomial with n trials of probability p."""
    from scipy import special

    return special.bdtr(x, n, p)


def betaincinv(a: ArrayLike, b: ArrayLike, p: ArrayLike) -> Any:
    """Quantile p of the beta distribution."""
    from scipy import special

    return special.betaincinv(a, b, p)


def gammainc(a: ArrayLike, x: ArrayLike) -> Any:
    """P(X <= x) of the gamma distribution of shape a and scale 1."""
    from scipy import special

    return special.gammainc(a, x)
