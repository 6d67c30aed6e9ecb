"""Published thresholds of a score as a table, and how far they disagree."""

from collections.abc import Sequence
from dataclasses import dataclass

from enthesis.domain.instruments import Instrument, ScoreRule, Threshold

__all__ = ["ThresholdGroup", "ThresholdLine", "threshold_groups"]

NAMES = {
    "mcid": ("MCID", "smallest change that patients notice"),
    "mdc": ("MDC", "smallest change beyond measurement error"),
    "pass": ("PASS", "score at which patients call their state acceptable"),
}


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """One published value with where it holds and where it stands."""

    words: str
    population: str
    method: str
    n: int | None
    ci: str
    address: str
    standing: str
    note: str


@dataclass(frozen=True, slots=True)
class ThresholdGroup:
    """Every published value of one kind for one score."""

    score: str
    scale: str
    kind: str
    meaning: str
    dispute: str
    lines: tuple[ThresholdLine, ...]


def threshold_groups(instrument: Instrument, score: str = "") -> tuple[ThresholdGroup, ...]:
    """Thresholds of one score, or of every score, grouped by score and kind."""
    groups = []
    for rule in instrument.scores:
        for kind in NAMES:
            held = [t for t in instrument.thresholds if t.score == rule.name and t.kind == kind]
            if held and score in ("", rule.name):
                groups.append(_group(instrument, rule, kind, held))
    return tuple(groups)


def _group(i: Instrument, rule: ScoreRule, kind: str, held: Sequence[Threshold]) -> ThresholdGroup:
    name, meaning = NAMES[kind]
    low, high = rule.range
    better = f", {rule.better} is better" if rule.better != "none" else ""
    lines = tuple(_line(i, t) for t in held)
    return ThresholdGroup(
        rule.label, f"{low:g} to {high:g}{better}", name, meaning, _dispute(name, held), lines
    )


def _line(i: Instrument, t: Threshold) -> ThresholdLine:
    source = i.sources[t.source]
    ci = f"{t.level:g} % interval " if t.ci and t.level and t.level > 1 else "interval " if t.ci else ""
    shown = f"{ci}{t.ci[0]:g} to {t.ci[1]:g}" if t.ci else ""
    return ThresholdLine(
        t.words(), t.population, t.method, t.n, shown, source.address, source.standing, t.note
    )


def _dispute(name: str, held: Sequence[Threshold]) -> str:
    native = sorted(t.value for t in held if t.value is not None and t.scale == "native")
    if len(native) < 2 or native[0] == native[-1]:
        return ""
    ends = sorted({t.high for t in held if t.high is not None and t.scale == "native"} | {native[-1]})
    span = f"{native[0]:g} to {ends[-1]:g} points"
    return f"{len(native)} published values of the {name} run from {span}: choose one before you look."
