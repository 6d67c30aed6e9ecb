"""Completeness as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.catalogue.instruments_loader import load_instruments
from enthesis.domain.episodes import Completeness
from enthesis.web.registry.queries.completeness import Counted

__all__ = ["CompletenessView", "completeness_view"]

# Below this many expected answers a percentage says more about one person than about a clinic.
FEWEST = 5
PARTS = ("complete", "late", "missing", "not_yet_due", "died", "endpoint")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table; ``percent`` is None where too few answers were expected."""

    name: str
    counts: Completeness
    percent: int | None
    interval: str


@dataclass(frozen=True, slots=True)
class Table:
    """Lines under one heading."""

    heading: str
    id: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class CompletenessView:
    """The page: a sentence, whole windows over all clinics, by clinic, and by instrument."""

    lead: str
    overall: Table
    clinics: tuple[Table, ...]
    instruments: tuple[Table, ...]


def completeness_view(windows: Iterable[Counted], instruments: Iterable[Counted]) -> CompletenessView:
    """The page of these counts."""
    windows, instruments = list(windows), list(instruments)
    known = load_instruments()
    return CompletenessView(
        lead=_lead(_sum(c.completeness for c in windows)),
        overall=_table("All clinics shown", "all", windows),
        clinics=tuple(
            _table(site.name, f"site-{site.key}", [c for c in windows if c.site == site])
            for site in dict.fromkeys(c.site for c in windows)
        ),
        instruments=tuple(
            _table(
                known[name].name if name in known else name,
                f"instrument-{name}",
                [c for c in instruments if c.instrument == name],
            )
            for name in dict.fromkeys(c.instrument for c in instruments)
        ),
    )


def _table(heading: str, name: str, counted: list[Counted]) -> Table:
    weeks = sorted({c.week for c in counted})
    rows = [_row(_week(w), _sum(c.completeness for c in counted if c.week == w)) for w in weeks]
    return Table(heading, name, tuple(rows))


def _row(name: str, counts: Completeness) -> Row:
    percent, interval = counts.answered_percent, counts.ci_percent
    if counts.eligible < FEWEST or percent is None or interval is None:
        return Row(name, counts, None, "")
    return Row(name, counts, round(percent), f"{interval[0]:.0f} to {interval[1]:.0f}")


def _week(week: int) -> str:
    return "Baseline" if week == 0 else f"Week {week}"


def _sum(counts: Iterable[Completeness]) -> Completeness:
    counts = list(counts)
    return Completeness(**{part: sum(getattr(c, part) for c in counts) for part in PARTS})


def _lead(counts: Completeness) -> str:
    if not counts.eligible or counts.answered_percent is None or counts.ci_percent is None:
        return "No follow-up window has closed yet, so there is nothing to count."
    low, high = counts.ci_percent
    given = counts.complete + counts.late
    return (
        f"{counts.answered_percent:.0f} % of follow-ups that should be there were answered "
        f"({given:,} of {counts.eligible:,}; 95 % interval {low:.0f} to {high:.0f} %)."
    )
