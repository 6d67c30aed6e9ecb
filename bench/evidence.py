"""The whole map from loaded studies, and with twenty times as many.

All questions with their pools, intervals, sensitivities, certainty and verdicts, and then the diagnostics of
every answer (timeline, one trial left out, groups, benefit curve). More studies are copies under new names
with figures moved a little, so that nothing is shared.
"""

from dataclasses import replace
from time import perf_counter

import numpy as np

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import build, diagnose
from enthesis.domain.evidence.study import ArmFigures, Study

TIMES = 20
RUNS = 3


def main() -> None:
    """Print seconds and how they grow."""
    held, rules = catalogue.load(), load_evidence_rules()
    once = _best(lambda: build(held.studies, held.reviews, held.vocabulary, rules))
    evidence = build(held.studies, held.reviews, held.vocabulary, rules)
    answers = [a for topic in evidence.topics.values() for a in topic.answers]
    extra = _best(lambda: [diagnose(a, rules) for a in answers])
    more = _resampled(held.studies)
    many = _best(lambda: build(more, held.reviews, held.vocabulary, rules), runs=1)
    big = build(more, held.reviews, held.vocabulary, rules)
    widest = max(a.k for topic in big.topics.values() for a in topic.answers)
    print(
        f"{len(held.studies)} studies, {len(answers)} questions: map {once:.2f} s, diagnostics {extra:.2f} s"
    )
    print(
        f"{len(more)} studies (pools up to k = {widest}): map {many:.2f} s, {many / once:.1f} times as long"
    )


def _best(job, runs: int = RUNS) -> float:
    seconds = []
    for _ in range(runs):
        start = perf_counter()
        job()
        seconds.append(perf_counter() - start)
    return min(seconds)


def _resampled(studies) -> dict[str, Study]:
    random = np.random.default_rng(20261122)
    found = {}
    for turn in range(TIMES):
        for study in studies.values():
            name = f"{study.id}-{turn}"
            rows = tuple(
                replace(row, arms=tuple(_moved(f, random) for f in row.arms)) for row in study.results
            )
            others = tuple(f"{other}-{turn}" for other in study.same_trial_as)
            found[name] = replace(study, id=name, results=rows, same_trial_as=others)
    return found


def _moved(figures: ArmFigures, random: np.random.Generator) -> ArmFigures:
    if figures.mean is None or figures.sd is None:
        return figures
    return replace(figures, mean=figures.mean + 0.05 * figures.sd * random.standard_normal())


if __name__ == "__main__":
    main()
