"""The answer of a network, part by part, and the only ways to ask it for a comparison."""

from dataclasses import dataclass, field
from functools import cached_property

from enthesis.errors import CannotEstimate, NotFound
from enthesis.statistics.network.connected import has_other_path
from enthesis.statistics.network.evidence import Component, Network
from enthesis.statistics.network.league import League, league_of
from enthesis.statistics.network.results import Comparison, Heterogeneity, InconsistencyTest, QDecomposition
from enthesis.statistics.network.solving import Solved
from enthesis.statistics.pooling.data import Array
from enthesis.statistics.pooling.results import Caveat, Certificate

__all__ = ["ComponentAnalysis", "NetworkMetaAnalysis"]


@dataclass(frozen=True, eq=False)
class ComponentAnalysis:
    """One connected part, analysed.

    Attributes:
        component: Its treatments and trials.
        effects: Of every treatment against the first, (T,), 0 for the first; logarithms for OR and RR.
        covariance: Of the effects as the intervals use it, (T, T).
        heterogeneity: tau2, Q, I2 and the likelihood.
        q: Q in its parts.
        inconsistency: Test of inconsistency; None where nothing can be checked.
        level: Coverage of every interval.
        method: Estimator of tau2.
        ci_method: "wald", "wald-t", "hartung-knapp" or "hartung-knapp-floor", as used.
        df: Degrees of freedom of intervals and p-values; None for a normal distribution.
        prediction_df: Of prediction intervals; None for a normal one, or for none.
        prediction_distribution: Its name; None where there is no prediction interval.
        certificate: How tau2 was found.
        caveats: Doubts that the reader must see.
        solved: The fit behind it.
    """

    component: Component
    effects: Array
    covariance: Array
    heterogeneity: Heterogeneity
    q: QDecomposition
    inconsistency: InconsistencyTest | None
    level: float
    method: str
    ci_method: str
    df: int | None
    prediction_df: int | None
    prediction_distribution: str | None
    certificate: Certificate
    caveats: tuple[Caveat, ...]
    solved: Solved = field(repr=False)

    @property
    def treatments(self) -> tuple[str, ...]:
        """Treatments, in the order of every array."""
        return self.component.treatments

    @cached_property
    def league(self) -> League:
        """Every treatment against every other."""
        ahead = float("inf") if self.prediction_df is None else float(self.prediction_df)
        return league_of(
            self.treatments,
            self.effects,
            self.covariance,
            df=float("inf") if self.df is None else float(self.df),
            tau2=self.heterogeneity.tau2,
            prediction_df=float("nan") if self.prediction_distribution is None else ahead,
            level=self.level,
        )

    def compare(self, treatment: str, comparator: str) -> Comparison:
        """One comparison of the league table, spelt out.

        Raises:
            NotFound: A treatment that is not in this part.
            CannotEstimate: A treatment against itself.
        """
        i, j = self.component.place(treatment), self.component.place(comparator)
        if i == j:
            raise CannotEstimate(f"{treatment!r} was compared with itself.")
        table, member = self.league, self.component.membership
        k = int((member[:, i] & member[:, j]).sum())
        kind = "indirect" if not k else "mixed" if has_other_path(member, i, j) else "direct"
        prediction = None
        if table.prediction_low is not None and table.prediction_high is not None:
            prediction = (float(table.prediction_low[i, j]), float(table.prediction_high[i, j]))
        return Comparison(
            treatment=treatment,
            comparator=comparator,
            estimate=float(table.estimate[i, j]),
            se=float(table.se[i, j]),
            statistic=float(table.estimate[i, j] / table.se[i, j]),
            p=float(table.p[i, j]),
            ci=(float(table.ci_low[i, j]), float(table.ci_high[i, j])),
            prediction_interval=prediction,
            k=k,
            evidence=kind,
        )

    def against(self, comparator: str) -> tuple[Comparison, ...]:
        """Every other treatment of this part against one.

        Raises:
            NotFound: A treatment that is not in this part.
        """
        self.component.place(comparator)
        return tuple(self.compare(name, comparator) for name in self.treatments if name != comparator)


@dataclass(frozen=True, eq=False)
class NetworkMetaAnalysis:
    """The answer of a whole network; parts that no trial links are answered apart.

    Attributes:
        network: Treatments, trials, and the trials left out with the reason.
        parts: One analysis per connected part, the one with most trials first.
        caveats: Doubts about the network as a whole; each part has its own.
    """

    network: Network
    parts: tuple[ComponentAnalysis, ...]
    caveats: tuple[Caveat, ...]

    def part_of(self, treatment: str) -> ComponentAnalysis:
        """The part that a treatment belongs to.

        Raises:
            NotFound: No kept trial has it.
        """
        for part in self.parts:
            if treatment in part.treatments:
                return part
        raise NotFound("treatment", treatment, self.network.treatments)

    def compare(self, treatment: str, comparator: str) -> Comparison:
        """One treatment against another.

        Raises:
            NotFound: No kept trial has one of them.
            CannotEstimate: No chain of trials links them, or they are the same.
        """
        part = self.part_of(treatment)
        if self.part_of(comparator) is not part:
            raise CannotEstimate(f"No chain of trials links {treatment!r} with {comparator!r}.")
        return part.compare(treatment, comparator)
