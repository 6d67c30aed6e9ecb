"""What a network looks like: nodes, links and closed loops, as data for drawing."""

from dataclasses import dataclass
from itertools import combinations

from enthesis.statistics.network.evidence import Component, Network

__all__ = ["Geometry", "Link", "Node", "geometry"]


@dataclass(frozen=True, slots=True)
class Node:
    """A treatment.

    Attributes:
        treatment: Its name.
        part: Position of its connected part.
        k: Trials that have it.
        n: Patients who got it.
    """

    treatment: str
    part: int
    k: int
    n: float


@dataclass(frozen=True, slots=True)
class Link:
    """Two treatments that some trial compares directly.

    Attributes:
        treatments: The two, in the network's order.
        part: Position of its connected part.
        k: Trials that compare them.
        n: Patients in their two arms.
        studies: Those trials.
        k_multi_arm: How many of them have further arms.
    """

    treatments: tuple[str, str]
    part: int
    k: int
    n: float
    studies: tuple[str, ...]
    k_multi_arm: int


@dataclass(frozen=True, slots=True)
class Geometry:
    """The shape of a network.

    Attributes:
        nodes: Treatments, in the network's order.
        links: Direct comparisons.
        multi_arm: Sets of treatments of the trials with more than two arms, to shade.
        hubs: Per part, the treatment that all its trials share, if there is one: a star.
        inconsistency_df: Per part, in how many independent ways its designs could disagree.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    multi_arm: tuple[tuple[str, ...], ...]
    hubs: tuple[str | None, ...]
    inconsistency_df: tuple[int, ...]


def geometry(network: Network) -> Geometry:
    """Nodes with their trials and patients, links with theirs.

    Source: Salanti, Kavvoura & Ioannidis 2008, doi:10.7326/0003-4819-148-7-200804010-00011.
    """
    parts = list(enumerate(network.components))
    nodes = {node.treatment: node for i, part in parts for node in _nodes(part, i)}
    designs = (d for part in network.components for d in part.equations.designs if len(d) > 2)
    return Geometry(
        nodes=tuple(nodes[name] for name in network.treatments),
        links=tuple(link for i, part in parts for link in _links(part, i)),
        multi_arm=tuple(designs),
        hubs=tuple(part.hub for part in network.components),
        inconsistency_df=tuple(part.inconsistency_df for part in network.components),
    )


def _nodes(component: Component, part: int) -> list[Node]:
    found = []
    for name in component.treatments:
        n = [t.n[t.treatments.index(name)] for t in component.trials if name in t.treatments]
        found.append(Node(name, part, len(n), sum(n)))
    return found


def _links(component: Component, part: int) -> list[Link]:
    found = []
    for pair in combinations(component.treatments, 2):
        trials = [t for t in component.trials if set(pair) <= set(t.treatments)]
        if trials:
            n = sum(t.n[t.treatments.index(name)] for t in trials for name in pair)
            many = sum(len(t.treatments) > 2 for t in trials)
            found.append(Link(pair, part, len(trials), n, tuple(t.study for t in trials), many))
    return found
