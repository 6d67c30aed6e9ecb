"""What a reader must know before trusting a network."""

from collections.abc import Iterator

import numpy as np

from enthesis.statistics.network.evidence import Component, Network
from enthesis.statistics.network.results import Heterogeneity, InconsistencyTest
from enthesis.statistics.network.solving import Solved
from enthesis.statistics.pooling.doubts import SINGLE_STUDY, pooling_doubts, prediction_doubts
from enthesis.statistics.pooling.results import Caveat

__all__ = ["component_doubts", "network_doubts"]

#: Below it a test of inconsistency can hardly find any. Source: Veroniki et al. 2013,
#: doi:10.1093/ije/dys222, and 2014, doi:10.1186/1471-2288-14-106 (type-I error and power of loops).
FEW_LOOPS = 3

#: Tests of inconsistency have little power, so a p below 0.10 counts. Source: Higgins et al. 2012,
#: doi:10.1002/jrsm.1044; Cochrane Handbook 11.4.4.
NOTABLE = 0.10

NO_REPLICATION = Caveat(
    "no-replication",
    "No comparison is repeated, so heterogeneity cannot be estimated; the intervals assume there is none "
    "and may be far too short.",
)


def network_doubts(network: Network) -> tuple[Caveat, ...]:
    """Doubts about the network as a whole."""
    return tuple(_of_network(network))


def component_doubts(
    component: Component,
    solved: Solved,
    inconsistency: InconsistencyTest | None,
    *,
    method: str,
    interval: str,
    heterogeneity: Heterogeneity,
    predicted: bool,
) -> tuple[Caveat, ...]:
    """Doubts about one connected part."""
    k = len(component.trials)
    tau2, tau2_ci, i2 = heterogeneity.tau2, heterogeneity.tau2_ci, heterogeneity.i2
    found: list[Caveat] = []
    if k == 1:
        found.append(SINGLE_STUDY)
    elif tau2 is None or tau2_ci is None or i2 is None:
        found.append(NO_REPLICATION)
    else:
        certificate = solved.solution.certificate(0)
        scaling = solved.scaling.row(0)
        found += pooling_doubts(
            k, method, certificate, interval, scaling, tau2=tau2, tau2_ci=tau2_ci, predicted=predicted
        )
        if predicted:
            se, several = _smallest_error(solved), len(component.treatments) > 2
            found += prediction_doubts(se, i2, tau2, tau2_ci[1], several=several)
    if len(component.treatments) > 2:
        found += [*_of_loops(component), *_of_thin_links(component), *_of_inconsistency(inconsistency)]
    return (*found, *_of_halves(component))


def _smallest_error(solved: Solved) -> float:
    """Standard error of the best known comparison, whose prediction interval leans on tau2 most."""
    covariance = np.pad(solved.covariance[0], ((1, 0), (1, 0)))
    own = np.diagonal(covariance)
    variance = own[:, None] + own - 2.0 * covariance
    return float(np.sqrt(variance[np.triu_indices(len(own), 1)].min()))


def _of_network(network: Network) -> Iterator[Caveat]:
    if len(network.components) > 1:
        listed = "; ".join(", ".join(c.treatments) for c in network.components)
        text = f"The network falls into {len(network.components)} parts that no trial links: {listed}. "
        yield Caveat("disconnected", text + "Treatments of different parts cannot be compared.")
    if network.left_out:
        names = ", ".join(out.study for out in network.left_out)
        text = f"Left out, because they say nothing on this scale ({len(network.left_out)}): {names}."
        yield Caveat("trials-left-out", text)
    if network.unlinked:
        names = ", ".join(network.unlinked)
        yield Caveat("treatments-left-out", f"Only trials that were left out have: {names}.")


def _of_loops(component: Component) -> Iterator[Caveat]:
    loops = component.inconsistency_df
    if loops >= FEW_LOOPS or len(component.equations.designs) == 1:
        return
    if loops:
        ways = "1 way" if loops == 1 else f"{loops} ways"
        text = f"Designs can disagree in only {ways}: agreement of direct and indirect evidence is hardly "
        yield Caveat("few-loops", f"{text}tested.")
        return
    centre = component.hub
    shape = f"All trials share {centre}" if centre else "No loop of trials is closed by separate trials"
    text = f"{shape}: indirect comparisons rest on no check, inconsistency cannot be assessed."
    yield Caveat("star-shaped" if centre else "no-loops", text)


def _of_thin_links(component: Component) -> Iterator[Caveat]:
    count = component.membership.astype(np.int64)
    links = (count.T @ count)[np.triu_indices(len(component.treatments), 1)]
    once, all_ = int((links == 1).sum()), int((links > 0).sum())
    if 2 * once >= all_ and len(component.trials) > 1:
        text = f"{once} of {all_} direct comparisons rest on a single trial."
        yield Caveat("single-trial-comparisons", text)


def _of_inconsistency(found: InconsistencyTest | None) -> Iterator[Caveat]:
    if found is not None and found.p < NOTABLE:
        text = f"Direct and indirect evidence disagree more than chance explains (p = {found.p:.2g})."
        yield Caveat("inconsistent", text)


def _of_halves(component: Component) -> Iterator[Caveat]:
    if names := [trial.study for trial in component.trials if trial.halved]:
        text = f"0.5 was added to every cell of trials with an empty one ({len(names)}): {', '.join(names)}."
        yield Caveat("halves-added", text)
