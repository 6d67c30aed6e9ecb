"""Small studies for tests: two arms and one row, changed where a test needs it."""

from dataclasses import replace

from enthesis.domain.evidence.study import (
    Arm,
    ArmFigures,
    Blinding,
    Population,
    PrintedContrast,
    PrintedP,
    Product,
    Result,
    Source,
    Study,
)

DOUBLE_BLIND = Blinding(participants=True, personnel=True, assessors=True)


def arm(name: str, intervention: str, **more) -> Arm:
    return Arm(name, intervention, more.pop("label", name), **more)


def figures(
    name: str, n: int | None, mean: float | None = None, sd: float | None = None, **more
) -> ArmFigures:
    return ArmFigures(name, n=n, mean=mean, sd=sd, **more)


def row(
    *arms: ArmFigures, outcome="pain", instrument="vas-pain", better="lower", kind="final", weeks=26, **more
) -> Result:
    more.setdefault("range", (0, 100) if instrument == "vas-pain" else None)
    return Result(
        outcome, instrument, better, kind, Source("table", "table 2"), weeks=weeks, arms=arms, **more
    )


def p_row(value: float, relation: str = "=", favours: str | None = "prp", **more) -> Result:
    contrast = PrintedContrast("prp", "saline", p=PrintedP(relation, value), favours=favours)
    return row(contrast=contrast, range=None, **more)


def study(name: str = "made-2020", *rows: Result, arms=None, **more) -> Study:
    given = arms or (
        arm("prp", "prp", n=60, product=Product(leukocytes="poor", injections=1)),
        arm("saline", "saline", n=60),
    )
    facts = {
        "title": name, "title_is_descriptive": True, "first_author": None, "year": 2020,
        "year_is_inferred": False,
        "url": "https://example.org/", "design": "rct", "condition": "knee-osteoarthritis",
        "population": Population(), "same_trial_as": (), "cautions": (), "identity": "complete",
        "blinding": DOUBLE_BLIND,
    }  # fmt: skip
    return Study(id=name, arms=tuple(given), results=rows, **(facts | more))


def trial(name: str, benefit: float, *, n: int = 60, sd: float = 20.0, **more) -> Study:
    """A placebo trial of PRP in which PRP leaves ``benefit`` points less pain on 0-100."""
    pain = row(figures("prp", n, 50.0 - benefit, sd), figures("saline", n, 50.0, sd))
    return study(name, pain, **more)


def with_row(base: Study, extra: Result) -> Study:
    return replace(base, results=(*base.results, extra))
