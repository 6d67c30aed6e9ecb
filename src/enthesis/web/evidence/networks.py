"""The networks of this edition, read once per process, and which questions can be seen as one."""

from collections.abc import Mapping
from functools import cache

from django.urls import reverse

from enthesis.domain.evidence import Question
from enthesis.domain.evidence.network_trials import NETWORK_OUTCOMES, NetworkKey
from enthesis.domain.evidence.networks import TrialNetwork, read_networks
from enthesis.errors import NotFound
from enthesis.web.evidence import state
from enthesis.web.evidence.addresses import horizon_from, horizon_slug

__all__ = ["known_networks", "network_at", "network_page", "seen_as_network"]


@cache
def known_networks() -> Mapping[NetworkKey, TrialNetwork]:
    """Every network of the edition, in the order of the map."""
    return read_networks(state.current().evidence)


def network_page(key: NetworkKey) -> str:
    """Page of a network."""
    return reverse("network", args=[key.condition, key.outcome, horizon_slug(key.horizon)])


def network_at(condition: str, outcome: str, horizon: str) -> TrialNetwork:
    """The network at the parts of an address.

    Raises:
        NotFound: A part is no known word, or no trial is in such a network.
    """
    conditions, span = state.current().evidence.vocabulary.conditions, horizon_from(horizon)
    if condition not in conditions:
        raise NotFound("condition", condition, conditions)
    if outcome not in NETWORK_OUTCOMES:
        raise NotFound("outcome with networks", outcome, NETWORK_OUTCOMES)
    known = {(key.outcome, key.horizon): held for key, held in known_networks().items()
             if key.condition == condition}  # fmt: skip
    if span is None or (outcome, span) not in known:
        names = [f"{o} {horizon_slug(h)}" for o, h in known]
        raise NotFound(f"network of {condition}", f"{outcome} {horizon}", names)
    return known[outcome, span]


def seen_as_network(q: Question) -> str:
    """Page of the network that the trials of a question belong to; '' when it links fewer than three."""
    if q.horizon is None:
        return ""
    key = NetworkKey(q.condition, q.outcome, q.horizon)
    held = known_networks().get(key)
    return network_page(key) if held is not None and len(held.network.treatments) > 2 else ""
