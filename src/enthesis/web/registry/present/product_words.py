"""What follows from a product, short enough to stand beside the form that is being filled."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.catalogue.product_rules import load_product_rules
from enthesis.domain.products import ProductReport, label_lines
from enthesis.domain.products.answers import PlateletReport
from enthesis.web.calculators.present.product_answer import product_answer

__all__ = ["ProductWords", "product_words"]

# Who it is for and when it was made stand elsewhere on the page.
LEFT_OUT = ("For", "Prepared", "Use")


@dataclass(frozen=True, slots=True)
class ProductWords:
    """A headline, lines of name and value, and the doubts about the numbers."""

    headline: str
    lines: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    caveats: tuple[str, ...]


def product_words(report: ProductReport) -> ProductWords:
    """One product as shown."""
    if isinstance(report, PlateletReport):
        answer = product_answer(report, load_product_rules())
        codes = ((code.name, code.code) for code in answer.codes)
        leukocytes = ((f"Leukocytes by {x.name}", x.label) for x in answer.leukocytes)
        measures = ((name, value) for name, value, _ in answer.measures)
        lines = (*measures, *codes, *leukocytes)
        return ProductWords(answer.headline, lines, answer.warnings, answer.caveats)
    lines = tuple((x.name, x.value) for x in label_lines(report) if x.name not in LEFT_OUT)
    return ProductWords(report.name, lines, _warnings(getattr(report, "warnings", ())), ())


def _warnings(found: Iterable[object]) -> tuple[str, ...]:
    return tuple(map(str, found))
