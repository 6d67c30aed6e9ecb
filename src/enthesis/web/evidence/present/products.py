"""What was in the syringe and how it was given, each fact with its unit; what was not stated is said once."""

from collections.abc import Iterator

from enthesis.domain.evidence.study import Arm, Product
from enthesis.domain.vocabulary import Vocabulary
from enthesis.report.sentences import intervention_words
from enthesis.web.evidence.present.figures_as_printed import as_printed

__all__ = ["given_words", "product_facts"]


def given_words(arm: Arm, vocabulary: Vocabulary) -> str:
    """The intervention of an arm with what came in addition: 'Platelet-rich plasma with exercise'."""
    return intervention_words("+".join((arm.intervention, *arm.plus)), vocabulary, start=True)


def product_facts(p: Product, vocabulary: Vocabulary) -> str:
    """'leukocyte-poor; 3 injections, 7 days apart; ultrasound guidance', or that nothing was stated."""
    return "; ".join(_facts(p, vocabulary)) or "product not described on the pages read"


def _facts(p: Product, vocabulary: Vocabulary) -> Iterator[str]:
    if p.leukocytes and p.leukocytes != "unknown":
        yield vocabulary.label("leukocytes", p.leukocytes).lower()
    if p.platelet_dose_e9 is not None:
        yield f"{as_printed(p.platelet_dose_e9)} billion platelets"
    if p.platelet_concentration_e9_per_l is not None:
        yield f"{as_printed(p.platelet_concentration_e9_per_l)} × 10⁹ platelets per litre"
    if p.fold_over_blood is not None:
        yield f"{as_printed(p.fold_over_blood)} times the platelets of blood"
    if p.cell_dose_e6 is not None:
        yield f"{as_printed(p.cell_dose_e6)} million cells"
    if p.volume_ml is not None:
        yield f"{as_printed(p.volume_ml)} ml per injection"
    if p.injections is not None:
        apart = f", {p.interval_days} days apart" if p.interval_days and p.injections > 1 else ""
        yield f"{p.injections} injection{'s' * (p.injections > 1)}{apart}"
    if p.activation:
        yield (
            "not activated"
            if p.activation == "none"
            else vocabulary.label("activation", p.activation).lower()
        )
    if p.guidance:
        yield f"{vocabulary.label('guidance', p.guidance)} guidance"
