"""A platelet product in sentences."""

from enthesis.domain.products.answers.platelets import PlateletReport
from enthesis.domain.products.classes.leukocytes import UNKNOWN
from enthesis.domain.products.counts import CellCounts
from enthesis.domain.products.preparation import Activation, Preparation, Spin
from enthesis.domain.products.texts.delivery import delivered
from enthesis.domain.products.texts.phrases import joined, listed, number

__all__ = ["platelet_sentences"]


def platelet_sentences(report: PlateletReport) -> list[str]:
    """What is recorded of a platelet product, from blood to injection."""
    product = report.product
    return [
        _blood_drawn(report),
        _held("The blood", product.whole_blood.counts),
        _prepared(report),
        _held("The product", product.counts),
        _derived(report),
        _activated(product.activation),
        _injected(report),
        _classified(report),
        _leukocytes(report),
    ]


def _blood_drawn(report: PlateletReport) -> str:
    blood = report.product.whole_blood
    if blood.volume_ml is None:
        return ""
    amount = number(blood.anticoagulant_ml, "mL of")
    agent = blood.anticoagulant or ("anticoagulant" if amount else None)
    mixed = joined(" with", amount, agent) if agent else ""
    return f"{number(blood.volume_ml, 'mL')} of whole blood was drawn{mixed}"


def _held(what: str, counts: CellCounts) -> str:
    cells = listed(
        (
            number(counts.platelets_e9_per_l, "x10^9/L platelets"),
            number(counts.leukocytes_e9_per_l, "x10^9/L leukocytes"),
            number(counts.neutrophils_e9_per_l, "x10^9/L neutrophils"),
            number(counts.lymphocytes_e9_per_l, "x10^9/L lymphocytes"),
            number(counts.monocytes_e9_per_l, "x10^9/L monocytes"),
            number(counts.erythrocytes_e12_per_l, "x10^12/L erythrocytes"),
        )
    )
    counted = f" ({counts.analyser})" if counts.analyser else ""
    return f"{what} held {cells}{counted}" if cells else ""


def _prepared(report: PlateletReport) -> str:
    product, preparation = report.product, report.product.preparation
    means = joined(_device(preparation), _spins(preparation), _layer(preparation))
    volume = number(product.volume_prepared_ml, "mL")
    if not means and not volume:
        return ""
    giving = f"giving {volume}" if volume else None
    return joined(joined(report.name, "was prepared", means), giving, between=", ")


def _device(preparation: Preparation) -> str | None:
    if preparation.device:
        lot = f" (lot {preparation.lot})" if preparation.lot else ""
        return f"with {preparation.device}{lot}"
    return {"manual": "by hand", "closed kit": "in a closed kit"}.get(preparation.method or "")


def _spins(preparation: Preparation) -> str | None:
    spins = preparation.spins
    if not spins:
        return None
    each = listed(_spin(spin) for spin in spins)
    count = "one spin" if len(spins) == 1 else f"{len(spins)} spins"
    warmth = number(preparation.temperature_c, "degrees Celsius")
    return joined(f"by {count}", f"of {each}" if each else None, f"at {warmth}" if warmth else None)


def _spin(spin: Spin) -> str:
    force, minutes = number(spin.force_g, "g"), number(spin.minutes, "min")
    return joined(force, minutes, between=" for ")


def _layer(preparation: Preparation) -> str | None:
    return f"taking {preparation.layer_taken}" if preparation.layer_taken else None


def _derived(report: PlateletReport) -> str:
    measures = report.measures
    facts = listed(
        (
            number(measures.fold, "times the platelets of blood"),
            _percent(measures.recovery_percent, "of its platelets recovered"),
            number(measures.leukocyte_fold, "times its leukocytes"),
            _percent(measures.purity_percent, "of all cells being platelets"),
        )
    )
    return f"This is {facts}" if facts else ""


def _percent(value: float | None, words: str) -> str | None:
    return None if value is None else f"{number(value)} % {words}"


def _activated(activation: Activation) -> str:
    if activation.is_exogenous is None:
        return ""
    if not activation.is_exogenous:
        return "It was not activated"
    amount = joined(number(activation.agent_volume_ml, "mL"), activation.agent_concentration)
    agent = joined(activation.agent, f"({amount})" if amount else None)
    return joined("It was activated", f"with {agent}" if agent else None, activation.moment)


def _injected(report: PlateletReport) -> str:
    product = report.product
    holding = number(report.measures.dose_e9, "billion platelets")
    return delivered(
        product.delivery, product.volume_injected_ml, holding, product.preparation.minutes_to_injection
    )


def _classified(report: PlateletReport) -> str:
    codes = "; ".join(f"{code.name} {code.code}" for code in report.codes_given)
    return f"Classification: {codes}" if codes else ""


def _leukocytes(report: PlateletReport) -> str:
    counted = (label for label in report.leukocytes if label.label != UNKNOWN)
    labels = ", ".join(f"{label.label} by {label.name}" for label in counted)
    return f"Leukocytes: {labels}" if labels else ""
