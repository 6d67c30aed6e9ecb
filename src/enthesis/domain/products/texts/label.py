"""The lines of a printable label, in the order they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.products.answers.cells import CellReport
from enthesis.domain.products.answers.injectates import InjectateReport
from enthesis.domain.products.answers.platelets import PlateletReport
from enthesis.domain.products.answers.product import ProductReport
from enthesis.domain.products.texts.phrases import joined, number

__all__ = ["NOT_RECORDED", "LabelLine", "label_lines"]

NOT_RECORDED = "not recorded"


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One line: what it is, and its value in words."""

    name: str
    value: str


def label_lines(report: ProductReport, *, identifier: str = "", prepared: str = "") -> tuple[LabelLine, ...]:
    """Lines of the label of one product.

    Args:
        report: The answer for the product.
        identifier: What tells whose product it is, as the clinic writes it.
        prepared: Date and time of preparation, as the clinic writes them.

    Returns:
        Lines in order; a line that a label needs says 'not recorded' instead of being left out.
    """
    head = (
        ("For", identifier or NOT_RECORDED),
        ("Product", report.name),
        ("Prepared", prepared or NOT_RECORDED),
    )
    return tuple(LabelLine(name, value) for name, value in (*head, *_body(report), *_warning(report)))


def _body(report: ProductReport) -> Iterator[tuple[str, str]]:
    if isinstance(report, PlateletReport):
        yield from _platelets(report)
    elif isinstance(report, CellReport):
        yield from _cells(report)
    else:
        yield from _injectate(report)


def _platelets(report: PlateletReport) -> Iterator[tuple[str, str]]:
    product, counts = report.product, report.product.counts
    yield "Volume", number(product.volume_injected_ml or product.volume_prepared_ml, "mL") or NOT_RECORDED
    yield "Platelets", number(counts.platelets_e9_per_l, "x10^9/L") or NOT_RECORDED
    yield "Dose", number(report.measures.dose_e9, "billion platelets") or NOT_RECORDED
    yield "Leukocytes", number(counts.leukocytes_e9_per_l, "x10^9/L") or NOT_RECORDED
    yield "Anticoagulant", product.whole_blood.anticoagulant or NOT_RECORDED
    activation = product.activation
    agent = "none" if activation.is_exogenous is False else activation.agent
    yield "Activation", agent or ("yes" if activation.is_exogenous else NOT_RECORDED)
    yield "Device, lot", _device(product.preparation.device, product.preparation.lot)
    for code in report.codes_given:
        yield code.name, str(code.code)
    for label in report.leukocytes:
        yield f"Leukocytes by {label.name}", label.label


def _cells(report: CellReport) -> Iterator[tuple[str, str]]:
    product = report.product
    yield "Donor", product.donor or NOT_RECORDED
    yield "Volume", number(product.volume_injected_ml or product.volume_prepared_ml, "mL") or NOT_RECORDED
    yield "Nucleated cells", number(product.nucleated_e6_per_ml, "x10^6/mL") or NOT_RECORDED
    yield "Viability", number(product.viability_percent, "%") or NOT_RECORDED
    yield "Sterility", product.sterility or NOT_RECORDED
    yield "Device, lot", _device(product.harvest.device, product.harvest.lot)


def _injectate(report: InjectateReport) -> Iterator[tuple[str, str]]:
    product = report.product
    yield "Volume", number(product.volume_ml, "mL") or NOT_RECORDED
    for name, value in report.amount.items():
        yield name.replace("_", ", ").capitalize(), number(value) or NOT_RECORDED
    yield "Lot", getattr(product, "lot", None) or NOT_RECORDED
    yield "Expiry", getattr(product, "expiry", None) or NOT_RECORDED


def _device(device: str | None, lot: str | None) -> str:
    return joined(device, f"lot {lot}" if lot else None, between=", ") or NOT_RECORDED


def _warning(report: ProductReport) -> Iterator[tuple[str, str]]:
    is_own = isinstance(report, PlateletReport) or (
        isinstance(report, CellReport) and report.product.donor == "autologous"
    )
    if is_own:
        yield "Use", "Autologous: only for the person named above"
