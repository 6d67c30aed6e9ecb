"""What follows from a platelet record, in the words of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from enthesis.domain.products import Completeness, LabelLine, ProductRules, label_lines, mibo_paragraph
from enthesis.domain.products.answers import PlateletReport
from enthesis.domain.products.classes.classification import Classification
from enthesis.domain.products.classes.classify import Code
from enthesis.domain.products.classes.scale import Ladder
from enthesis.web.calculators.present.product_fields import raised
from enthesis.web.calculators.present.product_form import in_words

__all__ = ["CodeLine", "LeukocyteLine", "ProductAnswer", "printed_label", "product_answer"]

BY_HAND = ("For", "Prepared")
"""Lines of the label that tell whose it is; they are written by hand and never reach this machine."""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One system: its code with its meaning, or why there is none."""

    name: str
    code: str
    meaning: str
    doi: str


@dataclass(frozen=True, slots=True)
class LeukocyteLine:
    """One definition of rich and poor with its verdict."""

    name: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ProductAnswer:
    """The page below the form."""

    headline: str
    measures: tuple[tuple[str, str, str], ...]
    not_derived: tuple[str, ...]
    codes: tuple[CodeLine, ...]
    without_code: tuple[CodeLine, ...]
    leukocytes: tuple[LeukocyteLine, ...]
    warnings: tuple[str, ...]
    caveats: tuple[str, ...]
    reported: int
    of: int
    unrecorded: tuple[tuple[str, tuple[str, ...]], ...]
    checklist_caveat: str
    paragraph: str


def product_answer(report: PlateletReport, rules: ProductRules) -> ProductAnswer:
    """Everything the page shows for one product."""
    systems = {system.key: system for system in rules.classifications}
    lines = [(code.code is not None, _code_line(code, systems[code.key])) for code in report.codes]
    reporting = report.reporting
    reported, of = reporting.in_record if reporting else (0, 0)
    return ProductAnswer(
        headline=_headline(report),
        measures=tuple(_measures(report)),
        not_derived=tuple(map(in_words, report.measures.missing)),
        codes=tuple(line for given, line in lines if given),
        without_code=tuple(line for given, line in lines if not given),
        leukocytes=tuple(LeukocyteLine(x.name, x.label, x.meaning) for x in report.leukocytes),
        warnings=tuple(in_words(str(finding)) for finding in report.warnings),
        caveats=tuple(map(in_words, report.caveats)),
        reported=reported,
        of=of,
        unrecorded=tuple(_unrecorded(reporting)) if reporting else (),
        checklist_caveat=reporting.caveat if reporting else "",
        paragraph=mibo_paragraph(report),
    )


def printed_label(report: PlateletReport) -> tuple[LabelLine, ...]:
    """Lines of the label; whose it is and when it was made are left to the pen."""
    return tuple(LabelLine(x.name, "" if x.name in BY_HAND else x.value) for x in label_lines(report))


def _unrecorded(reporting: Completeness) -> Iterator[tuple[str, tuple[str, ...]]]:
    for heading in reporting.headings:
        if labels := tuple(point.label for point in heading.missing if point.record):
            yield heading.label, labels


def _headline(report: PlateletReport) -> str:
    m = report.measures
    said = []
    if m.dose_e9 is not None:
        said.append(f"{m.dose_e9:.3g} billion platelets injected")
    if m.fold is not None:
        said.append(f"{m.fold:.3g} times the platelets of blood")
    if m.recovery_percent is not None:
        said.append(f"{m.recovery_percent:.3g} % of the platelets recovered")
    if not said:
        return "No dose yet: give the platelets of the product and the volume injected."
    return ", ".join(said) + "."


def _measures(report: PlateletReport) -> Iterator[tuple[str, str, str]]:
    m = report.measures
    shown = (
        ("Dose", m.dose_e9, "billion platelets", "count × volume injected"),
        ("Fold", m.fold, "times blood", "platelets of product / of blood"),
        ("Recovery", m.recovery_percent, "%", "platelets prepared / platelets drawn"),
        ("Purity", m.purity_percent, "%", "platelets among all cells"),
        ("Leukocytes", m.leukocyte_fold, "times blood", "of product / of blood"),
        ("Neutrophils", m.neutrophil_fold, "times blood", "of product / of blood"),
        ("Red cells", m.red_cell_share_percent, "%", "among all cells of the product"),
        ("Volume", m.volume_reduction, "to 1", "blood drawn to product"),
    )
    for name, value, unit, how in shown:
        if value is not None:
            yield name, f"{value:.3g} {unit}", how


def _code_line(code: Code, system: Classification) -> CodeLine:
    meaning = "; ".join(_meanings(code, system)) if code.code is not None else in_words(code.reason)
    return CodeLine(system.name, code.code or "", meaning, system.doi)


def _meanings(code: Code, system: Classification) -> Iterator[str]:
    for part in system.parts:
        given = code.parts[part.id]
        if isinstance(part, Ladder):
            rung = next((r for r in part.rungs if r.code == given), None)
            label = raised(f"{part.label[:1].lower()}{part.label[1:]}")
            yield f"{label}: {rung.label if rung else 'not measured'}"
