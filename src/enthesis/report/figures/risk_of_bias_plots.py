"""Risk of bias as a traffic-light plot (trial by domain) and as stacked bars (share of the weight by domain).

Every level has its sign and its word besides its colour. A trial that nobody assessed is shown as that, with
an empty dashed ring, and never as a judgement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from enthesis.domain.evidence.appraisal import RiskLevel, Tool
from enthesis.domain.evidence.synthesis import Synthesis
from enthesis.report import numbers
from enthesis.report.figures.figure import Figure, drawn
from enthesis.report.figures.palette import ink_on, paint
from enthesis.report.figures.svg import Attribute, Element, drawing, line, part, rectangle, text
from enthesis.report.figures.tables import Cell, Provenance, Table
from enthesis.report.figures.text_width import shortened, text_width

__all__ = ["AppraisedTrial", "appraised_trials", "draw_bias_summary", "draw_traffic_light"]

WIDTH = 640.0
_LEFT = 12.0
_LABEL, _CELL, _ROW, _TOP, _RADIUS = 200.0, 52.0, 27.0, 52.0, 9.5
_BAR_LEFT, _BAR_HEIGHT = 305.0, 20.0
NOT_ASSESSED = "not assessed"


@dataclass(frozen=True, slots=True)
class AppraisedTrial:
    """A trial of a pool with its weight (0-1) and its judgements, overall last; none when not assessed."""

    id: str
    label: str
    weight: float
    judgements: tuple[RiskLevel, ...] = ()


def appraised_trials(s: Synthesis, tool: Tool) -> tuple[AppraisedTrial, ...]:
    """Trials of a pool that this tool may judge, in the order of the pool, assessed with it or not."""
    found = []
    for c, weight in zip(s.contrasts, s.pooled.weights, strict=True):
        study, a = c.pick.study, c.assessment
        judged = (*a.judgements, a.overall) if a and a.tool.id == tool.id else ()
        if judged or study.design in tool.designs:
            label = " ".join(str(x) for x in (study.first_author or study.id, study.year) if x)
            found.append(AppraisedTrial(study.id, label, float(weight), judged))
    return tuple(found)


def draw_traffic_light(
    title: str, trials: Sequence[AppraisedTrial], tool: Tool, provenance: Provenance
) -> Figure:
    """One row for each trial, one disc for each domain and for the whole."""
    heads = [*(d.id for d in tool.domains), "Overall"]
    parts = [text(title, _LEFT, 22, size=14, font_weight=600)]
    for at, head in enumerate(heads):
        parts.append(text(head, _x(at), _TOP - 6, size=12, anchor="middle", fill="muted"))
    for row, trial in enumerate(trials):
        y = _TOP + _ROW * (row + 0.5)
        parts += [
            line(_LEFT, y + _ROW / 2, _x(len(heads) - 1) + _CELL / 2, y + _ROW / 2, stroke="faint"),
            text(shortened(trial.label, _LABEL - 24, 13), _LEFT, y + 4.5),
        ]
        for at in range(len(heads)):
            level = trial.judgements[at] if trial.judgements else None
            parts += _disc(_x(at), y, level)
    below = _TOP + _ROW * len(trials) + 24
    legend, below = _legend(tool, below)
    parts += [*legend, *_domain_names(tool, below + 26)]
    height = below + 26 + 17 * len(tool.domains) + 26
    parts.append(
        text(f"{provenance}. {tool.name}, {tool.version}", _LEFT, height - 10, size=11, fill="muted")
    )
    root = drawing(
        WIDTH, height, parts, title=title, description=_told(trials, tool), kind="risk-of-bias-trials"
    )
    return drawn(
        "risk-of-bias-trials", title, _told(trials, tool), root, _trial_table(trials, tool, provenance)
    )


def _x(at: int) -> float:
    return _LABEL + _CELL * (at + 0.5)


def _disc(x: float, y: float, level: RiskLevel | None) -> list[Element]:
    if level is None:
        return [_circle(x, y, "3 2", paint(stroke="line"))]
    # The thin outline keeps pale discs apart from the paper.
    return [_circle(x, y, None, paint(fill=level.tone, stroke="line")), _sign(level, x, y)]


def _circle(x: float, y: float, dashes: str | None, look: Mapping[str, str]) -> Element:
    place: dict[str, Attribute] = {"cx": x, "cy": y, "r": _RADIUS, "stroke-dasharray": dashes}
    return part("circle", {**place, **look})


def _sign(level: RiskLevel, x: float, y: float) -> Element:
    ink = "paper" if level.tone == "ink" else ink_on(level.tone)
    return text(level.mark, x, y + 5, size=14, anchor="middle", fill=ink, font_weight=700)


def _legend(tool: Tool, y: float) -> tuple[list[Element], float]:
    """Signs with their words from the left, in as many lines as they need, and where the last line stands."""
    parts: list[Element] = []
    x = _LEFT + _RADIUS
    shown: list[RiskLevel | None] = [*tool.levels, None]
    for level in shown:
        word = level.label if level else NOT_ASSESSED
        width = 15 + text_width(word, 12)
        if x + width > WIDTH - _LEFT:
            x, y = _LEFT + _RADIUS, y + 24
        parts += [*_disc(x, y - 4, level), text(word, x + 15, y, size=12)]
        x += width + 28
    return parts, y


def _domain_names(tool: Tool, y: float) -> list[Element]:
    return [
        text(f"{d.id}  {d.name}", _LEFT, y + 17 * at, size=12, fill="muted")
        for at, d in enumerate(tool.domains)
    ]


def draw_bias_summary(
    title: str, trials: Sequence[AppraisedTrial], tool: Tool, provenance: Provenance
) -> Figure:
    """One bar for each domain and for the whole: share of the weight of the pool at each level."""
    rows = [*((f"{d.id}  {d.name}", i) for i, d in enumerate(tool.domains)), ("Overall", len(tool.domains))]
    parts = [text(title, _LEFT, 22, size=14, font_weight=600)]
    for row, (name, at) in enumerate(rows):
        y = 40 + row * (_BAR_HEIGHT + 9)
        parts.append(text(shortened(name, _BAR_LEFT - 24, 12.5), _LEFT, y + 14.5, size=12.5))
        parts += _bar(_shares(trials, tool, at), y)
    below = 40 + len(rows) * (_BAR_HEIGHT + 9) + 20
    legend, below = _legend(tool, below)
    parts += legend
    note = f"Share of the weight of {len(trials)} trials. {provenance}."
    parts.append(text(note, _LEFT, below + 28, size=11, fill="muted"))
    said = _shares_told(trials, tool)
    root = drawing(WIDTH, below + 40, parts, title=title, description=said, kind="risk-of-bias-summary")
    return drawn("risk-of-bias-summary", title, said, root, _share_table(trials, tool, provenance))


Shares = list[tuple[RiskLevel | None, float]]


def _shares(trials: Sequence[AppraisedTrial], tool: Tool, at: int) -> Shares:
    """Share of the weight at each level of one domain, best first, what is not assessed last."""
    total = sum(t.weight for t in trials) or 1.0
    held: list[RiskLevel | None] = [*tool.levels, None]
    found = [(t.judgements[at] if t.judgements else None, t.weight / total) for t in trials]
    return [(level, sum(w for given, w in found if given == level)) for level in held]


def _bar(shares: Shares, y: float) -> list[Element]:
    parts, x, whole = [], _BAR_LEFT, WIDTH - _BAR_LEFT - 12
    for level, share in shares:
        if share <= 0:
            continue
        width = whole * share
        if level is None:
            parts.append(
                rectangle(x, y, width, _BAR_HEIGHT, fill="paper", stroke="line", stroke_dasharray="3 2")
            )
        else:
            parts.append(rectangle(x, y, width, _BAR_HEIGHT, fill=level.tone, stroke="paper"))
        parts += _share_words(level, share, x + width / 2, y + 14.5, width)
        x += width
    return parts


def _share_words(level: RiskLevel | None, share: float, x: float, y: float, width: float) -> list[Element]:
    # The sign comes last: before the number a dash would read as a minus.
    words = numbers.percent(min(share, 1.0)) + (f"  {level.mark}" if level else "")
    if text_width(words, 12) > width - 4:
        return []
    ink = "ink" if level is None else "paper" if level.tone == "ink" else ink_on(level.tone)
    return [text(words, x, y, size=12, anchor="middle", fill=ink)]


def _told(trials: Sequence[AppraisedTrial], tool: Tool) -> str:
    counted = [sum(bool(t.judgements) and t.judgements[-1] == level for t in trials) for level in tool.levels]
    said = [f"{n} at {level.label}" for n, level in zip(counted, tool.levels, strict=True) if n]
    unseen = sum(not t.judgements for t in trials)
    said += [f"{unseen} {NOT_ASSESSED}"] if unseen else []
    return f"{tool.name}, {len(trials)} trials, overall: {', '.join(said)}."


def _shares_told(trials: Sequence[AppraisedTrial], tool: Tool) -> str:
    shares = _shares(trials, tool, len(tool.domains))
    said = [f"{level.label if level else NOT_ASSESSED} {share:.0%}" for level, share in shares if share]
    return f"{tool.name}, share of the weight, overall: {', '.join(said)}."


def _notes(tool: Tool, provenance: Provenance) -> tuple[tuple[str, str], ...]:
    return (("tool", f"{tool.name}, {tool.version}, doi:{tool.doi}"), ("source", str(provenance)))


def _trial_table(trials: Sequence[AppraisedTrial], tool: Tool, provenance: Provenance) -> Table:
    unseen = (NOT_ASSESSED,) * (len(tool.domains) + 1)
    rows: list[tuple[Cell, ...]] = [
        (t.id, t.label, t.weight, *(tuple(j.label for j in t.judgements) or unseen)) for t in trials
    ]
    columns = ("study_id", "label", "weight", *(d.id for d in tool.domains), "overall")
    return Table(_notes(tool, provenance), columns, tuple(rows))


def _share_table(trials: Sequence[AppraisedTrial], tool: Tool, provenance: Provenance) -> Table:
    names = [*(d.name for d in tool.domains), "overall"]
    rows: list[tuple[Cell, ...]] = [
        (name, *(share for _, share in _shares(trials, tool, at))) for at, name in enumerate(names)
    ]
    columns = ("domain", *(level.label for level in tool.levels), NOT_ASSESSED)
    return Table(_notes(tool, provenance), columns, tuple(rows))
