"""How fragile the real answers are, and how long a multiverse of a million takes.

python -m bench fragility

Every real answer of two trials or more; the largest; then trials made like the catalogue's, but many and
reported in full, so that the declared choices multiply to a million: read, folded, pooled and summed up.
"""

from collections.abc import Mapping
from time import perf_counter, process_time

import numpy as np

from enthesis import catalogue
from enthesis.catalogue.rules_loader import load_evidence_rules
from enthesis.domain.evidence import Answer, Evidence, build
from enthesis.domain.evidence.fragility import Fragility, Kin, Trial, fragility, gather, kin_of, why_none
from enthesis.domain.evidence.moderators import moderation
from enthesis.domain.evidence.study import (
    Arm,
    ArmFigures,
    Blinding,
    Population,
    PrintedContrast,
    Product,
    Result,
    Source,
    Study,
)

TRIALS = 24

#: Wall and processor seconds: on a busy machine they part.
Times = tuple[float, float]


def main() -> None:
    """Print seconds and sizes."""
    held, rules = catalogue.load(), load_evidence_rules()
    evidence = build(held.studies, held.reviews, held.vocabulary, rules)
    start = perf_counter()
    trials = gather(evidence)
    print(f"  every figure of every trial gathered   {1000 * (perf_counter() - start):8.0f} ms")
    answers = [a for t in evidence.topics.values() for a in t.answers if not why_none(a)]
    taken = []
    start = perf_counter()
    for a in answers:
        taken.append(_timed(a, evidence, trials))
    total = perf_counter() - start
    times, largest = max(taken, key=lambda x: len(x[1].whole))
    print(f"  {len(answers)} real answers, all                  {1000 * total:8.0f} ms")
    print(f"  the largest of them                    {_shown(times)}  {_size(largest)}")
    start = perf_counter()
    for kin, some in trials.items():
        moderation(kin, some, evidence)
    print(f"  moderators of {len(trials)} questions           {1000 * (perf_counter() - start):8.0f} ms")
    _million(evidence)


def _timed(a: Answer, evidence: Evidence, trials: Mapping[Kin, tuple[Trial, ...]]) -> tuple[Times, Fragility]:
    wall, cpu = perf_counter(), process_time()
    found = fragility(a, trials[kin_of(a.question)], evidence.rules)
    return (perf_counter() - wall, process_time() - cpu), found


def _shown(times: Times) -> str:
    wall, cpu = times
    return f"{1000 * wall:8.0f} ms {1000 * cpu:8.0f} ms CPU"


def _size(f: Fragility) -> str:
    return (
        f"{len(f.whole)} of {f.possible} specifications, {f.data_sets} sets of figures, "
        f"{f.whole.distinct} analyses"
    )


def _million(evidence: Evidence) -> None:
    studies = {s.id: s for s in map(_made, range(TRIALS))}
    made = build(studies, {}, evidence.vocabulary, evidence.rules)
    answers = made.topic("knee-osteoarthritis", "prp").answers
    a = next(x for x in answers if x.question.outcome == "pain" and x.k == max(y.k for y in answers))
    times, found = _timed(a, made, gather(made))
    print(f"  {TRIALS} made trials reported in full        {_shown(times)}  {_size(found)}")


def _made(i: int) -> Study:
    """A trial with two scales, three visits, values and changes; blinding, cells, dose and place vary."""
    rng = np.random.default_rng(i)
    product = Product(
        leukocytes=("poor", "rich")[i % 2], platelet_dose_e9=float(rng.uniform(2, 20)), injections=1 + i % 3
    )
    rows = []
    for instrument in ("vas-pain", "womac-pain"):
        for weeks in (0, 20, 26, 38):
            benefit = 0.0 if weeks == 0 else rng.normal(8, 5)
            sd = float(rng.uniform(15, 25))
            spread = {"se": sd / (40 + i) ** 0.5} if i % 4 == 1 else {"sd": sd}
            means = {"prp": float(55 - benefit), "saline": 55.0}
            arms = tuple(ArmFigures(x, n=40 + i, mean=m, **spread) for x, m in means.items())
            contrast = PrintedContrast("prp", "saline", "MD", -0.8 * benefit, se=sd / (20 + i / 2) ** 0.5)
            more = {"contrast": contrast} if weeks and i % 2 else {}
            source = Source("table", "made")
            rows.append(
                Result("pain", instrument, "lower", "final", source, (0, 100), weeks, arms=arms, **more)
            )
    return Study(
        id=f"made-{i:02}",
        title="made",
        title_is_descriptive=True,
        first_author=None,
        year=2000 + i,
        year_is_inferred=False,
        url="https://example.org/",
        design="rct" if i % 7 else "nonrandomised",
        condition="knee-osteoarthritis",
        population=Population(),
        arms=(Arm("prp", "prp", "prp", n=40, product=product), Arm("saline", "saline", "saline", n=40)),
        results=tuple(rows),
        same_trial_as=(),
        cautions=(),
        identity="complete",
        countries=(("IN",), ("US",))[i % 3 == 0],
        blinding=Blinding(participants=(True, False, None)[i % 3]),
        funding=("industry", "public", None)[i % 3],
    )


if __name__ == "__main__":
    main()
