"""The numbers of one answer as facts in words, each with its unit, its interval and what it means."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.evidence import Answer
from enthesis.domain.evidence.scales import Scale
from enthesis.domain.evidence.sizes import ScaleKind
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report import numbers
from enthesis.report.sentences import effect_words

__all__ = ["Fact", "facts_of", "important_difference"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A number with its name and, where it needs one, a remark."""

    name: str
    value: str
    remark: str = ""


def facts_of(a: Answer, vocabulary: Vocabulary) -> tuple[Fact, ...]:
    """The numbers of our own synthesis; nothing when there is none."""
    return tuple(_facts(a.synthesis, vocabulary)) if a.synthesis else ()


def _facts(s: Synthesis, vocabulary: Vocabulary) -> Iterator[Fact]:
    yield Fact("Average difference", effect_words(s.judged.mu, s.judged.ci, s.scale), s.judged.method)
    yield Fact("What patients notice", *important_difference(s.scale))
    yield _new_setting(s)
    yield from _chances(s)
    unknown = f", and {s.n_unknown} of unknown size" if s.n_unknown else ""
    yield Fact("Trials and people", f"{s.k} trial{'s' * (s.k > 1)}, {numbers.count(s.n)} people{unknown}")
    if s.k > 1 and s.pooled.i2 is not None and s.pooled.tau2 is not None:
        tau = numbers.value(s.pooled.tau2**0.5, ScaleKind.SMD if s.scale.is_ratio else s.scale.kind)
        on = " on the log scale" if s.scale.is_ratio else ""
        yield Fact("How much trials differ", f"I² {numbers.percent(s.pooled.i2)}, τ {tau}{on}")
    instruments = ", ".join(vocabulary.instruments[i].label for i in s.scale.instruments)
    yield Fact("Scale", s.scale.unit.replace("0-100", "0–100"), f"from {instruments}")


def important_difference(scale: Scale) -> tuple[str, str]:
    """Smallest difference that matters with its disputed span, and where it comes from."""
    m = scale.mcid
    if m is None:
        return "not agreed on this scale", "so no verdict on the size can be given"
    if scale.is_ratio:
        lo, at, hi = (numbers.ratio(scale.shown(x)) for x in (m.low, m.value, m.high))
        words = f"a ratio of {at} (disputed: {lo} to {hi})"
    else:
        words = _in_words(scale, m.low, m.value, m.high)
    return words, f"{m.why} ({'; '.join(m.sources)})"


def _in_words(scale: Scale, low: float, value: float, high: float) -> str:
    points = [scale.in_points(x) for x in (low, value, high)]
    known = [p for p in points if p is not None]
    if len(known) == 3:
        lo, at, hi = (f"{p:.2g}" for p in known)
        return f"about {at} points on 0–100 (disputed: {lo} to {hi})"
    return f"about {value:.2g} standard deviations (disputed: {low:.2g} to {high:.2g})"


def _new_setting(s: Synthesis) -> Fact:
    interval = s.judged.prediction_interval
    if interval is None:
        return Fact("In a new setting", "cannot be predicted", "needs at least three trials")
    lo, hi = s.scale.shown(interval[0]), s.scale.shown(interval[1])
    remark = "where the true effect of a new, similar trial is expected (95% prediction interval)"
    return Fact("In a new setting", numbers.interval(lo, hi, s.scale.kind), remark)


def _chances(s: Synthesis) -> Iterator[Fact]:
    if s.p_benefit is not None and s.p_harm is not None:
        new = (
            f"; in a new setting {numbers.probability(s.p_benefit_new)}"
            if s.p_benefit_new is not None
            else ""
        )
        yield Fact("Chance of a benefit that patients notice", numbers.probability(s.p_benefit) + new)
        yield Fact("Chance of a harm that patients notice", numbers.probability(s.p_harm))
    yield Fact(
        "Chance of any benefit at all",
        numbers.probability(s.p_better),
        "chances are of the true average effect; they say nothing about bias in the trials",
    )
