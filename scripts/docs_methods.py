"""Write the index of the method pages, and the table of which checks are defined for dependent effects.

The pages themselves are written by hand; their examples are run by `tests/repository/test_method_pages.py`.
"""

import re
from pathlib import Path

from enthesis.statistics.bias import DEPENDENCE, Dependence

FOLDER = Path(__file__).resolve().parent.parent / "docs/reference/methods"
START, END = "<!-- registry: made by scripts/docs_methods.py -->", "<!-- end of registry -->"
REGISTRY_PAGE = "dependent-effects.md"

GROUPS: dict[str, str] = {
    "Effects": """mean-difference standardised-mean-difference ratio-of-means risk-ratio odds-ratio
        risk-difference peto-odds-ratio proportions rates change-scores single-means-and-spread correlations
        contrasts zero-cells""",
    "Conversions": """standard-deviations quartiles change-sd combining-arms rescaling responders
        smd-and-odds""",
    "Between-study variance": """tau2-reml tau2-ml tau2-dersimonian-laird tau2-paule-mandel
        tau2-median-unbiased tau2-hedges tau2-hunter-schmidt tau2-sidik-jonkman tau2-q-profile
        tau2-profile-likelihood heterogeneity""",
    "Pooling": "common-effect wald-interval hartung-knapp prediction-interval bayes batches",
    "Sensitivity": "leave-one-out cumulative influence shrunken-effects fit-statistics",
    "Moderators": "meta-regression subgroups permutation-of-moderators sceptical-coefficient",
    "Dependent effects": """three-level multivariate sampling-covariances robust-blocks study-averages
        influence-by-study""",
    "Networks": "network-meta-analysis network-inconsistency network-contributions network-ranking",
    "Living evidence": "monitoring-boundaries required-information living-monitoring",
    "Rare events": "mantel-haenszel breslow-day",
    "Synthesis without meta-analysis": "vote-counting combined-p-values albatross",
    "Small-study effects and selection": """funnel-contours egger pustejovsky-rodgers rank-test harbord
        peters trim-and-fill fail-safe-n excess-significance henmi-copas pet-peese selection-models
        publication-sensitivity p-curve-and-z-curve""",
    "Robustness": """multiverse permutation gosh baujat fragility-index fragility-of-meta-analysis
        robust-variance dependent-effects""",
}

HEAD = """<!-- Made by scripts/docs_methods.py. Do not edit. -->
# Methods

One page for each method: what it answers, formula, source, when it misleads, what other packages do
differently, how to call it, what it refuses. Every example is run by the tests; its numbers come from a hand
calculation, a published example or another package, named on the page, never from Enthesis itself.

"BCG" are the thirteen trials of BCG vaccine against tuberculosis of Colditz et al. 1994,
doi:10.1001/jama.1994.03510330076038, as Viechtbauer 2010, doi:10.18637/jss.v036.i03, analyses them. What
agrees with R package metafor, and what does not and why:
[validation/metafor](../../../validation/metafor/README.md). All of it is a plain library:
`from enthesis import statistics`.
"""

LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


def index() -> str:
    """The index page, grouped.

    Raises:
        ValueError: A page stands in no group, or a group names a page that is not there.
    """
    named = [slug for slugs in GROUPS.values() for slug in slugs.split()]
    pages = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    if odd := sorted(pages ^ set(named)):
        raise ValueError(f"Pages and groups differ: {', '.join(odd)}.")
    parts = [HEAD]
    for group, slugs in GROUPS.items():
        parts.append(f"\n## {group}\n\n" + "".join(f"- {_entry(slug)}\n" for slug in slugs.split()))
    return "".join(parts)


def _entry(slug: str) -> str:
    title, answers = re.match(r"# (.+)\n\n((?:.+\n)+)", (FOLDER / f"{slug}.md").read_text("utf-8")).groups()
    first = re.split(r"(?<=[.?:])\s", " ".join(answers.split()))[0].rstrip(":")
    return f"[{title}]({slug}.md): {LINK.sub(lambda found: found[1], first)}"


def registry() -> str:
    """The table of decisions about dependent effects."""
    rows = [
        f"| {d.title} | `{d.function}` | {_verdict(d)} | {d.reason} | {d.how} | {d.source} |\n"
        for d in DEPENDENCE
    ]
    head = (
        "| Method | Function | Defined | Why | How, or what instead | Source |\n|---|---|---|---|---|---|\n"
    )
    return head + "".join(rows)


def _verdict(entry: Dependence) -> str:
    if entry.defined:
        return "yes"
    return "refused" if entry.by_study is None else f"by `{entry.by_study}`"


def with_registry(page: str) -> str:
    """The page with the table between its two marks."""
    before, _, rest = page.partition(START)
    return f"{before}{START}\n{registry()}{END}{rest.partition(END)[2]}"


def main() -> None:
    """Write both."""
    page = FOLDER / REGISTRY_PAGE
    page.write_text(with_registry(page.read_text("utf-8")), "utf-8")
    (FOLDER / "README.md").write_text(index(), "utf-8")


if __name__ == "__main__":
    main()
