"""A paragraph for the methods section of a paper, which also says what is not recorded."""

from enthesis.domain.products.answers.cells import CellReport
from enthesis.domain.products.answers.platelets import PlateletReport
from enthesis.domain.products.answers.product import ProductReport
from enthesis.domain.products.texts.cells import cell_sentences
from enthesis.domain.products.texts.injectates import injectate_sentences
from enthesis.domain.products.texts.phrases import sentence
from enthesis.domain.products.texts.platelets import platelet_sentences

__all__ = ["mibo_paragraph"]


def mibo_paragraph(report: ProductReport) -> str:
    """What a paper has to say of the product, from the record alone; ends with what is not recorded.

    The headings follow Murray 2017, doi:10.2106/JBJS.16.00793. Patients, comparator, aftercare and
    outcomes belong to other parts of the paper and are not mentioned.
    """
    if isinstance(report, PlateletReport):
        sentences = platelet_sentences(report)
    elif isinstance(report, CellReport):
        sentences = cell_sentences(report)
    else:
        sentences = injectate_sentences(report)
    return " ".join(written for text in (*sentences, _unrecorded(report)) if (written := sentence(text)))


def _unrecorded(report: ProductReport) -> str:
    if report.reporting is None:
        return ""
    absent = report.reporting.unrecorded
    return f"Not recorded: {'; '.join(absent)}" if absent else "Every data point of the product is recorded"
