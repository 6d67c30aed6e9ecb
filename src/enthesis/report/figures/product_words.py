"""What was in the syringe and how it was given, in the few words that fit under a study's name."""

from collections.abc import Iterator

from enthesis.domain.evidence.sizes import Contrast
from enthesis.domain.evidence.study import Product
from enthesis.domain.vocabulary import Vocabulary

__all__ = ["instrument_words", "product_words"]


def product_words(contrast: Contrast) -> str:
    """What the intervention arms received, as far as stated: 'leukocyte-poor, 3 injections 7 days apart'."""
    arms = [contrast.pick.study.arm(arm) for arm in contrast.pick.of]
    said = list(dict.fromkeys(", ".join(_parts(arm.product)) for arm in arms))
    words = " or ".join(part for part in said if part) or "product not described"
    return f"{len(arms)} arms joined: {words}" if len(arms) > 1 else words


def _parts(p: Product) -> Iterator[str]:
    if p.leukocytes and p.leukocytes != "unknown":
        yield f"leukocyte-{p.leukocytes}"
    if p.platelet_dose_e9 is not None:
        yield f"{p.platelet_dose_e9:g} billion platelets"
    if p.cell_dose_e6 is not None:
        yield f"{p.cell_dose_e6:g} million cells"
    if p.volume_ml is not None:
        yield f"{p.volume_ml:g} ml"
    if p.injections is not None:
        apart = f" {p.interval_days} days apart" if p.interval_days and p.injections > 1 else ""
        yield f"{p.injections} injection{'s' * (p.injections > 1)}{apart}"
    if p.guidance and p.guidance not in ("unknown", "none"):
        yield f"{p.guidance}-guided"


def instrument_words(contrast: Contrast, vocabulary: Vocabulary) -> str:
    """Scale and visit: 'VAS pain, week 26, change'."""
    row = contrast.pick.result
    known = vocabulary.instruments.get(row.instrument)
    label = known.label if known else row.instrument
    if row.weeks_span is not None:
        when = f", weeks {row.weeks_span[0]} to {row.weeks_span[1]}"
    else:
        when = f", week {row.weeks}" if row.weeks is not None else ""
    return f"{label}{when}" + (", change" if row.kind == "change" else "")
