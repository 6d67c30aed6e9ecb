"""``enthesis evidence monitor``: the trials of an answer against boundaries and the information needed."""

from collections.abc import Iterator
from math import isfinite

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enthesis.cli.printing import console, print_json
from enthesis.cli.state import evidence
from enthesis.domain.evidence import Answer, Topic
from enthesis.domain.evidence.monitoring import MonitoredAnswer, monitor_answer
from enthesis.domain.vocabulary import HORIZONS, ComparatorClass, OutcomeDomain
from enthesis.errors import CannotEstimate, InvalidData
from enthesis.report import numbers
from enthesis.report.monitoring_json import monitoring_object
from enthesis.report.monitoring_words import (
    LIMITS,
    look_label,
    monitoring_sentence,
    required_words,
    status_words,
    timing_words,
)
from enthesis.report.sentences import comparator_words, horizon_words
from enthesis.statistics.sequential import TIMINGS

__all__ = ["run"]


def run(
    condition: str = typer.Argument(help="A condition, as knee-osteoarthritis."),
    intervention: str = typer.Argument(help="A treatment, as prp; combinations as prp+hyaluronic-acid."),
    comparator: str = typer.Option(None, "--comparator", help=f"One of: {', '.join(ComparatorClass)}."),
    outcome: str = typer.Option(None, "--outcome", help=f"One of: {', '.join(OutcomeDomain)}."),
    weeks: int = typer.Option(None, "--weeks", min=1, help="Weeks; picks the span that holds it."),
    timing: str = typer.Option("retrospective", "--timing", help=f"One of: {', '.join(TIMINGS)}."),
    as_json: bool = typer.Option(False, "--json", help="Print one JSON object."),
) -> None:
    """How much of the information needed the trials hold, and whether a boundary was crossed."""
    held = evidence()
    _check(comparator, ComparatorClass, "comparator")
    _check(outcome, OutcomeDomain, "outcome")
    _check(timing, TIMINGS, "timing")
    chosen = _chosen(held.topic(condition, intervention), comparator, outcome, weeks)
    found = [_monitored(a, timing) for a in chosen]
    monitored = [m for m in found if isinstance(m, MonitoredAnswer)]
    if not monitored:
        said = str(found[0]) if found else "No trial asks this question."
        raise CannotEstimate(said)
    if as_json:
        print_json({"monitored": [monitoring_object(m) for m in monitored]})
        return
    out = console()
    for m in monitored:
        _print(out, m)
    out.print(Text(timing_words(timing)))
    for limit in LIMITS:
        out.print(Padding(Text(f"· {limit}"), (0, 0, 0, 2)))


def _check(given: str | None, allowed: object, name: str) -> None:
    words = [str(x) for x in allowed]  # type: ignore[attr-defined]
    if given is not None and given not in words:
        raise InvalidData(f"Unknown {name} '{given}'; it is one of {', '.join(words)}.")


def _chosen(topic: Topic, comparator: str | None, outcome: str | None, weeks: int | None) -> list[Answer]:
    span = None if weeks is None else next(h for h in HORIZONS if weeks in h)
    return [
        a
        for a in topic.answers
        if comparator in (None, str(a.question.comparator_class))
        and outcome in (None, a.question.outcome)
        and (span is None or a.question.horizon == span)
        and a.synthesis is not None
    ]


def _monitored(a: Answer, timing: str) -> MonitoredAnswer | CannotEstimate:
    try:
        return monitor_answer(a, evidence().rules, timing=timing)
    except CannotEstimate as error:
        return error


def _print(out: Console, m: MonitoredAnswer) -> None:
    q = m.answer.question
    head = f"{q.outcome} {horizon_words(q)}, against {comparator_words(q.comparator_class)}"
    out.print(Text(head, style="bold"))
    out.print(Padding(Text(f"{monitoring_sentence(m)} {required_words(m)}"), (0, 0, 0, 2)))
    if m.course:
        out.print(Padding(_table(m), (0, 0, 0, 2)))
    for caveat in m.caveats:
        out.print(Padding(Text(f"· {caveat}"), (0, 0, 0, 4)))
    out.print()


def _table(m: MonitoredAnswer) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("look", "trials", "people", "z", "boundary", "Pocock", "says", "P(benefit)"):
        table.add_column(name)
    for row in _rows(m):
        table.add_row(*row)
    return table


def _rows(m: MonitoredAnswer) -> Iterator[tuple[str, ...]]:
    if m.course is None or m.pocock is None:
        return
    sign = m.synthesis.scale.sign
    for at, (trials, look, other) in enumerate(zip(m.looks, m.course.looks, m.pocock.looks, strict=True)):
        yield (
            look_label(trials),
            str(look.k),
            str(look.participants),
            f"{sign * look.z:.2f}",
            _bound(look.efficacy),
            _bound(other.efficacy),
            status_words(look.status),
            numbers.percent(float(m.bayes.beyond[at])) if m.bayes else "",
        )


def _bound(z: float | None) -> str:
    return f"{z:.2f}" if z is not None and isfinite(z) else "none yet"
