"""A network as its page shows it, and all networks as a list."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from enthesis.domain.evidence import Evidence
from enthesis.domain.evidence.appraisal import Assessment
from enthesis.domain.evidence.network_trials import NetworkKey, NetworkTrial
from enthesis.domain.evidence.networks import FittedNetwork, FittedPart, TrialNetwork, fit_network
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.figures import EXPORTS, Provenance, render
from enthesis.report.figures.network_plot import draw_network
from enthesis.report.network_words import (
    inconsistency_words,
    network_moment,
    network_opening,
    network_title,
    network_unit,
    part_caveats,
    part_words,
    treatment_words,
)
from enthesis.statistics.network import Comparison
from enthesis.web.evidence.addresses import horizon_slug, study_page
from enthesis.web.evidence.networks import network_page
from enthesis.web.evidence.present.drawings import safe
from enthesis.web.evidence.present.drawn import Download, Drawn
from enthesis.web.evidence.present.effects import important_difference
from enthesis.web.evidence.present.network_trust import TrustView, trust_view
from enthesis.web.evidence.present.sources import Link, Place, place_of, short_name
from enthesis.web.evidence.present.words import weeks_label

__all__ = ["NetworkList", "NetworkPage", "network_list", "network_page_of"]


@dataclass(frozen=True, slots=True)
class Listed:
    """One network in one line."""

    title: str
    address: str
    treatments: int
    trials: int
    people: str
    linked: str


@dataclass(frozen=True, slots=True)
class NetworkList:
    """Networks of three treatments or more by condition, and those of two apart."""

    sentence: str
    groups: tuple[tuple[str, tuple[Listed, ...]], ...]
    pairs: tuple[tuple[str, tuple[Listed, ...]], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """One treatment against the reference."""

    name: str
    effect: str
    ahead: str
    ground: str


@dataclass(frozen=True, slots=True)
class Split:
    """Direct and indirect evidence on one comparison."""

    name: str
    direct: str
    indirect: str
    test: str


@dataclass(frozen=True, slots=True)
class PartView:
    """One connected part: comparisons with its reference, league table, ranks, checks, doubts."""

    name: str
    reference: str
    compared: tuple[Compared, ...]
    has_ahead: bool
    treatments: tuple[str, ...]
    league: tuple[tuple[str, tuple[str, ...]], ...]
    scores: tuple[tuple[str, str], ...]
    warning: str
    inconsistency: str
    splits: tuple[Split, ...]
    spread: str
    caveats: tuple[str, ...]
    trust: TrustView | None


@dataclass(frozen=True, slots=True)
class TrialView:
    """One trial of the network: its arms as printed, the row that was read, and where it stands."""

    name: str
    address: str
    arms: tuple[tuple[str, str], ...]
    row: str
    place: Place
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """A network in full."""

    title: str
    condition: str
    condition_label: str
    lead: str
    unit: str
    important: str
    figure: Drawn
    parts: tuple[PartView, ...]
    trials: tuple[TrialView, ...]
    left_out: tuple[tuple[Link, str], ...]
    caveats: tuple[str, ...]
    data: str


def network_list(networks: Mapping[NetworkKey, TrialNetwork], vocabulary: Vocabulary) -> NetworkList:
    """All networks."""
    many = [n for n in networks.values() if len(n.network.treatments) > 2]
    two = [n for n in networks.values() if len(n.network.treatments) == 2]
    trials = {t.study.id for n in many for t in n.trials}
    links = [link for n in many for link in n.geometry.links]
    once = sum(link.k == 1 for link in links)
    sentence = (
        f"{len(many)} networks of three treatments or more, from {len(trials)} randomised trials with "
        f"figures for each arm; {once} of their {len(links)} direct comparisons rest on a single trial."
    )
    return NetworkList(sentence, _grouped(many, vocabulary), _grouped(two, vocabulary))


def _grouped(
    networks: Iterable[TrialNetwork], vocabulary: Vocabulary
) -> tuple[tuple[str, tuple[Listed, ...]], ...]:
    by_condition = groupby(networks, key=lambda n: n.key.condition)
    return tuple(
        (vocabulary.conditions[condition].label, tuple(_listed(n, vocabulary) for n in held))
        for condition, held in by_condition
    )


def _listed(held: TrialNetwork, vocabulary: Vocabulary) -> Listed:
    parts = len(held.network.components)
    moment = network_moment(held.key, vocabulary)
    return Listed(
        title=moment[0].upper() + moment[1:],
        address=network_page(held.key),
        treatments=len(held.network.treatments),
        trials=len(held.trials),
        people=numbers.count(held.n),
        linked="all linked" if parts == 1 else f"{parts} parts, not linked",
    )


def network_page_of(
    held: TrialNetwork,
    evidence: Evidence,
    provenance: Provenance,
    assessments: Sequence[Assessment] = (),
) -> NetworkPage:
    """The page of a network."""
    vocabulary, fitted = evidence.vocabulary, fit_network(held)
    key = held.key
    place = [key.condition, key.outcome, horizon_slug(key.horizon)]
    return NetworkPage(
        title=network_title(key, vocabulary),
        condition=key.condition,
        condition_label=vocabulary.conditions[key.condition].label,
        lead=network_opening(fitted, vocabulary),
        unit=network_unit(held),
        important=important_difference(held.scale)[0],
        figure=_figure(held, vocabulary, provenance, place),
        parts=tuple(_parts(fitted, vocabulary, assessments)),
        trials=tuple(_trial(trial, vocabulary) for trial in held.trials),
        left_out=tuple((Link(short_name(x.study), study_page(x.study.id)), x.why) for x in held.left_out),
        caveats=fitted.caveats,
        data="/".join((reverse("api-v1:networks"), *place)),
    )


def _figure(held: TrialNetwork, vocabulary: Vocabulary, provenance: Provenance, place: list[str]) -> Drawn:
    figure = draw_network(held, vocabulary, provenance)
    files = (Download(k.upper(), reverse("network-file", args=[*place, k])) for k in (*EXPORTS, "csv"))
    title = "The network"
    return Drawn("network", title, figure.description, safe(render(figure)), tuple(files), "", False)


def _parts(
    fitted: FittedNetwork, vocabulary: Vocabulary, assessments: Sequence[Assessment]
) -> Iterator[PartView]:
    count = len(fitted.parts)
    for i, part in enumerate(fitted.parts, 1):
        name = (
            f"Part {i} of {count}: {part_words(part, vocabulary)}" if count > 1 else "What the network says"
        )
        yield _part(part, name, fitted, vocabulary, assessments)


def _part(
    part: FittedPart,
    name: str,
    fitted: FittedNetwork,
    vocabulary: Vocabulary,
    assessments: Sequence[Assessment],
) -> PartView:
    scale = fitted.trials.scale
    compared = part.analysis.against(part.reference)
    names = {t: treatment_words(t, vocabulary) for t in part.treatments}
    return PartView(
        name=name,
        reference=treatment_words(part.reference, vocabulary, start=False),
        compared=tuple(_compared(c, names, scale) for c in compared),
        has_ahead=any(c.prediction_interval for c in compared),
        treatments=tuple(names.values()),
        league=tuple(_league(part, names, scale)) if len(names) > 2 else (),
        scores=tuple(_scores(part, names)),
        warning=" ".join(c.text for c in part.ranking.caveats) if part.ranking else "",
        inconsistency=inconsistency_words(part),
        splits=tuple(_splits(part, names, scale)),
        spread=_spread(part, scale),
        caveats=part_caveats(part, vocabulary),
        trust=trust_view(part, fitted, names, assessments),
    )


def _compared(c: Comparison, names: Mapping[str, str], scale: Scale) -> Compared:
    trials = f"{c.k} trial{'s' * (c.k > 1)}"
    ground = {
        "direct": f"direct only, {trials}",
        "mixed": f"direct, {trials}, and indirect",
        "indirect": "indirect only, no trial compared the two",
    }[c.evidence]
    ahead = numbers.interval(*c.prediction_interval, scale.kind) if c.prediction_interval else "not known"
    return Compared(names[c.treatment], numbers.effect(c.estimate, c.ci, scale.kind), ahead, ground)


def _league(
    part: FittedPart, names: Mapping[str, str], scale: Scale
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in part.treatments:
        cells = (
            numbers.effect((c := part.analysis.compare(row, column)).estimate, c.ci, scale.kind)
            if column != row
            else ""
            for column in part.treatments
        )
        yield names[row], tuple(cells)


def _scores(part: FittedPart, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if part.ranking is None:
        return
    scores = zip(part.ranking.treatments, part.ranking.p_score.tolist(), strict=True)
    for treatment, score in sorted(scores, key=lambda x: -x[1]):
        yield names[treatment], f"{score:.2f}"


def _splits(part: FittedPart, names: Mapping[str, str], scale: Scale) -> Iterator[Split]:
    for s in part.splits.splits if part.splits else ():
        direct, indirect = (numbers.effect(x.estimate, x.ci, scale.kind) for x in (s.direct, s.indirect))
        name = f"{names[s.treatment]} against {names[s.comparator]}"
        yield Split(name, direct, indirect, numbers.p_value(s.difference.p))


def _spread(part: FittedPart, scale: Scale) -> str:
    h = part.analysis.heterogeneity
    if h.tau2 is None or h.i2 is None:
        return "No comparison was repeated, so how much trials differ is not known."
    tau = numbers.value(h.tau2**0.5, scale.kind)
    return f"How much trials of one comparison differ: τ {tau}, I² {numbers.percent(h.i2)}."


def _trial(trial: NetworkTrial, vocabulary: Vocabulary) -> TrialView:
    row = trial.pick.result
    kind = {"final": "final values", "change": "changes from baseline"}[row.kind]
    instrument = vocabulary.instruments[row.instrument].label
    return TrialView(
        name=short_name(trial.study),
        address=study_page(trial.study.id),
        arms=tuple(
            (
                treatment_words(a.treatment, vocabulary),
                f"{a.mean:.3g} (SD {a.sd:.3g}), n {a.n}".replace("-", numbers.MINUS),
            )
            for a in trial.arms
        ),
        row=f"{instrument}, {weeks_label(row.weeks, row.weeks_span)}, {kind}",
        place=place_of(row.source, trial.study, vocabulary),
        caveats=trial.caveats,
    )
