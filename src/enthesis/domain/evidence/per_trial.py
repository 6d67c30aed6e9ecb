"""Which row of a trial answers which question, by a declared rule whose trace is kept.

One trial gives one contrast per question; reports of the same people count once. The order of the rule:

1. rows that the integrity screen left standing before doubtful ones;
2. figures that can be pooled before figures that only tell a direction;
3. the instrument that stands first in the hierarchy of its outcome;
4. figures reported by the trial before figures derived by a later review;
5. the visit nearest to the middle of the horizon (for harms: the longest follow-up);
6. arm figures before a printed contrast before an exact p-value;
7. final values before changes.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from enthesis.domain.evidence.integrity import Doubt
from enthesis.domain.evidence.picking import Pick, Route, candidates
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.study import Result, Study

__all__ = ["doubts_about", "pick_per_trial", "preference", "trial_roots"]


def trial_roots(studies: Mapping[str, Study]) -> dict[str, str]:
    """Trial of each report: the first id among all reports of the same people."""
    roots: dict[str, str] = {}
    for start in studies:
        if start in roots:
            continue
        group, todo = {start}, [start]
        while todo:
            for other in studies[todo.pop()].same_trial_as:
                if other in studies and other not in group:
                    group.add(other)
                    todo.append(other)
        roots |= dict.fromkeys(group, min(group))
    return roots


def pick_per_trial(
    studies: Mapping[str, Study], rules: EvidenceRules, doubts: Mapping[str, tuple[Doubt, ...]]
) -> dict[Question, list[tuple[Pick, tuple[Pick, ...]]]]:
    """For each question, one pick per trial, each with the rows of that trial that were passed over."""
    roots = trial_roots(studies)
    pools: dict[tuple[Question, str], list[Pick]] = defaultdict(list)
    for study in studies.values():
        for pick in candidates(study, rules):
            pools[pick.question, roots[study.id]].append(replace(pick, doubts=doubts_about(pick, doubts)))
    answers: dict[Question, list[tuple[Pick, tuple[Pick, ...]]]] = defaultdict(list)
    for (question, _), pool in pools.items():
        ordered = sorted(pool, key=lambda pick: preference(pick, rules))
        chosen = _with_trace(ordered)
        answers[question].append((chosen, tuple(ordered[1:])))
    return dict(answers)


def doubts_about(pick: Pick, doubts: Mapping[str, tuple[Doubt, ...]]) -> tuple[Doubt, ...]:
    """Doubts about the report of a pick as a whole and about its row."""
    return tuple(d for d in doubts.get(pick.study.id, ()) if d.row is None or d.row == pick.row)


def preference(pick: Pick, rules: EvidenceRules) -> tuple[object, ...]:
    """Sort key of the rows of one trial for one question, best first."""
    row = pick.result
    return (
        pick.is_suspect,
        pick.route is Route.DIRECTION,
        rules.rank_of(row.outcome, row.instrument),
        row.derived,
        _distance(pick),
        pick.route,
        row.kind != "final",
        pick.study.identity != "complete",
        pick.study.id,
        # Rows that are alike in all of this are told apart by what they say, not by their place in the file.
        repr(row),
    )


def _distance(pick: Pick) -> float:
    weeks, horizon = _week(pick.result), pick.question.horizon
    if horizon is None:
        return -weeks
    return abs(weeks - horizon.centre)


def _week(row: Result) -> float:
    if row.weeks_span is not None:
        return sum(row.weeks_span) / 2
    return row.weeks if row.weeks is not None else 0


def _with_trace(ordered: list[Pick]) -> Pick:
    chosen = ordered[0]
    row = chosen.result
    scales = dict.fromkeys(p.result.instrument for p in ordered)
    weeks = dict.fromkeys(_week(p.result) for p in ordered if p.result.instrument == row.instrument)
    said = [
        f"{row.instrument}, "
        + ("the only scale" if len(scales) == 1 else f"first of {len(scales)} scales reported")
    ]
    if len(weeks) > 1:
        where = (
            "the last visit"
            if chosen.question.horizon is None
            else f"nearest to week {chosen.question.horizon.centre:g}"
        )
        said.append(f"week {_week(row):g} is {where}")
    if len(chosen.of) > 1 or len(chosen.versus) > 1:
        said.append(f"arms joined: {' + '.join(chosen.of)} against {' + '.join(chosen.versus)}")
    said.append({"final": "final values", "change": "changes from baseline"}[row.kind])
    if row.derived:
        said.append("figure derived by a later review")
    if (others := {p.study.id for p in ordered} - {chosen.study.id}) and len(others):
        said.append(f"other reports of the same people: {', '.join(sorted(others))}")
    return replace(chosen, trace="; ".join(said))
