"""Invented courses: who comes with what, how severity moves over two years, and which answers never arrive.

The shape is that of registries in general (regression to the mean, a response that fades, half of the answers
missing at two years, missing more often where things went badly); the sizes are made up and must not be read
as an effect of anything.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from enthesis.domain.episodes import Protocol

__all__ = ["CONDITIONS", "Condition", "Courses", "draw_courses"]


@dataclass(frozen=True)
class Condition:
    """A condition of the demo: its share, its grading system and grades, and what is injected where."""

    id: str
    share: float
    system: str
    grades: tuple[str, ...]
    interventions: tuple[str, ...]
    target: str
    volume_ml: float
    spinal: bool = False


KL, PRP = "kellgren-lawrence", "prp"
CONDITIONS = (
    Condition("knee-osteoarthritis", 0.44, KL, ("1", "2", "3"),
              (PRP, PRP, "hyaluronic-acid", "prolotherapy-dextrose"), "knee joint", 5.0),
    Condition("advanced-knee-osteoarthritis", 0.10, KL, ("3", "4"), (PRP, "bmac"), "knee joint", 6.0),
    Condition("rotator-cuff-partial-tear", 0.13, "ellman", ("1", "2", "3"), (PRP, "prolotherapy-dextrose"),
              "supraspinatus tendon", 3.0),
    Condition("lateral-epicondylitis", 0.09, "", (), (PRP,), "common extensor origin", 2.5),
    Condition("achilles-tendinopathy", 0.06, "", (), (PRP,), "Achilles tendon, mid-portion", 3.0),
    Condition("plantar-fasciitis", 0.06, "", (), (PRP,), "plantar fascia origin", 3.0),
    Condition("discogenic-low-back-pain", 0.06, "pfirrmann", ("III", "IV"), (PRP, "bmac"),
              "intervertebral disc", 1.5, spinal=True),
    Condition("facet-joint-pain", 0.06, "pathria-facet", ("1", "2"), (PRP,), "facet joint", 1.0, spinal=True),
)  # fmt: skip

RESPONSE_AT = {0: 0.0, 2: 0.35, 6: 0.75, 12: 1.0, 26: 0.95, 52: 0.75, 104: 0.55}
ANSWERED_AT = {0: 3.6, 2: 2.2, 6: 1.8, 12: 1.5, 26: 0.9, 52: 0.35, 104: -0.1}  # log odds
YEARS = 3


@dataclass(frozen=True)
class Courses:
    """Columns of n people; severity and answered have shape (n, windows)."""

    condition: np.ndarray
    female: np.ndarray
    birth: list[date]
    grade: list[str]
    side: np.ndarray
    injected: list[date]
    severity: np.ndarray
    answered: np.ndarray
    answered_on: list[list[date]]
    harm: np.ndarray
    surgery_week: np.ndarray


def draw_courses(n: int, protocol: Protocol, today: date, rng: np.random.Generator) -> Courses:
    """Courses of ``n`` invented people whose injections lie in the three years before ``today``."""
    weeks = [w.weeks for w in protocol.windows]
    condition = rng.choice(len(CONDITIONS), n, p=[c.share for c in CONDITIONS])
    injected = [today - timedelta(days=int(d)) for d in rng.integers(0, YEARS * 365, n)]
    severity = _severity(n, weeks, rng)
    surgery_week = np.where(rng.random(n) < 0.03, rng.integers(12, 100, n), 10_000)
    answered = _answered(severity, weeks, rng) & (np.array(weeks) <= surgery_week[:, None])
    on, answered = _days(injected, protocol, today, answered, rng)
    return Courses(
        condition=condition,
        female=rng.random(n) < 0.58,
        birth=[_birthday(d, a) for d, a in zip(injected, _ages(condition, rng), strict=True)],
        grade=[str(rng.choice(CONDITIONS[c].grades)) if CONDITIONS[c].grades else "" for c in condition],
        side=rng.choice(["left", "right"], n),
        injected=injected,
        severity=severity,
        answered=answered,
        answered_on=on,
        harm=rng.random(n) < 0.08,
        surgery_week=surgery_week,
    )


def _severity(n: int, weeks: list[int], rng: np.random.Generator) -> np.ndarray:
    """Share of the worst possible, between 0 and 1, at every window."""
    start = rng.normal(0.60, 0.13, n)
    gain = rng.normal(0.20, 0.20, n)
    times = np.array([RESPONSE_AT[w] for w in weeks])
    noise = rng.normal(0, 0.07, (n, len(weeks)))
    return np.clip(start[:, None] - gain[:, None] * times + noise, 0.0, 1.0)


def _answered(severity: np.ndarray, weeks: list[int], rng: np.random.Generator) -> np.ndarray:
    """Who answers: some people always do, and those in more pain at the window before do less."""
    person = rng.normal(0, 1.3, len(severity))
    before = np.column_stack([severity[:, :1], severity[:, :-1]])
    log_odds = np.array([ANSWERED_AT[w] for w in weeks]) + person[:, None] - 1.2 * (before - 0.5)
    return rng.random(severity.shape) < 1 / (1 + np.exp(-log_odds))


def _days(
    injected: list[date], protocol: Protocol, today: date, answered: np.ndarray, rng: np.random.Generator
) -> tuple[list[list[date]], np.ndarray]:
    """Day of every answer, most near the time named, some late; none after today."""
    draws = rng.beta(2.0, 2.5, answered.shape)
    days: list[list[date]] = []
    kept = answered.copy()
    for i, index in enumerate(injected):
        row = []
        for j, window in enumerate(protocol.windows):
            first, last = window.opens(index), window.late_until(index)
            day = first + timedelta(days=int(draws[i, j] * ((last - first).days + 0.99)))
            kept[i, j] &= day <= today
            row.append(day)
        days.append(row)
    return days, kept


def _ages(condition: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    centre = np.array([45.0 if c.spinal else 58.0 for c in CONDITIONS])[condition]
    return np.clip(rng.normal(centre, 11), 19, 90)


def _birthday(injected: date, age: float) -> date:
    return injected - timedelta(days=int(age * 365.25))
