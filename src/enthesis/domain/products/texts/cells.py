"""A cell product in sentences; it never says more than the documents allow."""

from enthesis.domain.products.answers.cells import CellReport
from enthesis.domain.products.texts.delivery import delivered
from enthesis.domain.products.texts.phrases import joined, listed, number

__all__ = ["cell_sentences"]


def cell_sentences(report: CellReport) -> list[str]:
    """What is recorded of a cell product, from harvest to injection."""
    return [_harvested(report), _held(report), _cultured(report), _criteria(report), _injected(report)]


def _harvested(report: CellReport) -> str:
    harvest, donor = report.product.harvest, report.product.donor
    volume = number(harvest.volume_ml, "mL")
    means = joined(
        f"from {harvest.site}" if harvest.site else None,
        f"in {harvest.punctures} punctures" if harvest.punctures else None,
        f"with {harvest.device}" if harvest.device else None,
        between=", ",
    )
    made = joined(donor, report.name, "were prepared" if report.product.is_cultured else "was prepared")
    return joined(made, joined(f"out of {volume}" if volume else None, means)) if volume or means else made


def _held(report: CellReport) -> str:
    product = report.product
    viable = number(product.viability_percent)
    facts = listed(
        (
            number(product.nucleated_e6_per_ml, "x10^6/mL nucleated cells"),
            f"{viable} % of them viable" if viable else None,
            number(product.cfu_f_per_e6, "colony-forming units per 10^6 nucleated cells"),
        )
    )
    return f"The product held {facts}" if facts else ""


def _cultured(report: CellReport) -> str:
    if not report.product.is_cultured:
        return "The cells were not expanded in culture"
    passage = report.product.culture.passage
    return f"The cells were expanded in culture to passage {passage}" if passage is not None else ""


def _criteria(report: CellReport) -> str:
    if not report.product.is_cultured:
        return ""
    if report.allowed.may_say_msc:
        return "All minimal ISCT criteria are documented"
    return f"The minimal ISCT criteria are not all documented ({report.allowed.why})"


def _injected(report: CellReport) -> str:
    product = report.product
    holding = number(product.viable_cells_given_e6, "million viable cells") or number(
        product.cells_given_e6, "million nucleated cells"
    )
    return delivered(product.delivery, product.volume_injected_ml, holding, product.minutes_to_injection)
