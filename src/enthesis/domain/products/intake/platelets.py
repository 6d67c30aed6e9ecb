"""Reads the record of a platelet product."""

from typing import Any

from enthesis.domain.products.counts import COUNTED, CellCounts, WholeBlood
from enthesis.domain.products.intake.delivery import read_delivery
from enthesis.domain.products.intake.fields import Fields
from enthesis.domain.products.kinds import ProductKind
from enthesis.domain.products.platelets import FIBRIN, PlateletProduct
from enthesis.domain.products.preparation import AGENTS, METHODS, MOMENTS, Activation, Preparation, Spin

__all__ = ["read_platelets"]

MOST_SPINS = 10
# Short words that mean the same.
_MOMENTS = {"before": "before injection", "at": "at injection"}


def read_platelets(fields: Fields, kind: ProductKind) -> PlateletProduct | None:
    """Platelet product of a document, or None when a part of it has a fault."""
    preparation = fields.group("preparation")
    blood = _blood(fields.group("whole_blood"), preparation.text("anticoagulant"))
    made = fields.group("product")
    parts: dict[str, Any] = {
        "whole_blood": blood,
        "counts": _counts(made),
        "preparation": _preparation(preparation),
        "activation": _activation(fields.group("activation")),
        "delivery": read_delivery(fields),
    }
    rest = {
        "volume_prepared_ml": made.volume_ml("volume_prepared"),
        "volume_injected_ml": made.volume_ml("volume_injected"),
        "fibrin": made.text("fibrin", FIBRIN),
        "sterility": made.text("sterility"),
        "growth_factors": made.text("growth_factors"),
    }
    made.nothing_else()
    if any(part is None for part in parts.values()):
        return None
    return fields.build(PlateletProduct, kind=kind, **parts, **rest)


def _blood(group: Fields, anticoagulant: str | None) -> WholeBlood | None:
    counts = _counts(group)
    rest = {
        "volume_ml": group.volume_ml("volume"),
        "anticoagulant": group.text("anticoagulant") or anticoagulant,
        "anticoagulant_ml": group.volume_ml("anticoagulant_volume"),
        "counted": group.text("counted", COUNTED),
        "storage_minutes": group.number("storage_minutes"),
        "storage_temperature_c": group.number("storage_temperature"),
    }
    group.nothing_else()
    return None if counts is None else group.build(WholeBlood, counts=counts, **rest)


def _counts(group: Fields) -> CellCounts | None:
    return group.build(
        CellCounts,
        platelets_e9_per_l=group.e9_per_l("platelets"),
        leukocytes_e9_per_l=group.e9_per_l("leukocytes"),
        neutrophils_e9_per_l=group.e9_per_l("neutrophils"),
        lymphocytes_e9_per_l=group.e9_per_l("lymphocytes"),
        monocytes_e9_per_l=group.e9_per_l("monocytes"),
        erythrocytes_e12_per_l=group.e12_per_l("erythrocytes"),
        haematocrit_percent=group.number("haematocrit"),
        analyser=group.text("analyser"),
        recounted=group.truth("recounted") or False,
        rocked_minutes=group.number("rocked_minutes"),
    )


def _preparation(group: Fields) -> Preparation | None:
    spins = _spins(group)
    preparation = group.build(
        Preparation,
        spins=spins,
        method=group.text("method", METHODS),
        device=group.text("device"),
        lot=group.text("lot"),
        layer_taken=group.text("layer_taken"),
        leukoreduction=group.truth("leukoreduction"),
        temperature_c=group.number("temperature"),
        storage=group.text("storage"),
        minutes_to_injection=group.number("minutes_to_injection"),
    )
    group.nothing_else()
    return preparation


def _spins(group: Fields) -> tuple[Spin, ...]:
    """Spins as a list of groups, or as their number beside one value or a list for each quantity."""
    spins = group.value("spins", "number of spins, or a list of groups")
    if isinstance(spins, list | tuple):
        built = [_spin(item) for item in group.groups("spins")]
        return tuple(spin for spin in built if spin is not None)
    number = group.whole("spins")
    if number is not None and not 1 <= number <= MOST_SPINS:
        group.fault("spins", f"{number} spins; must be from 1 to {MOST_SPINS}.")
        number = None
    columns = {name: _column(group, name, number) for name in ("g_force", "minutes", "rpm", "radius_cm")}
    count = number or max(map(len, columns.values()))
    rows = [{name: values[at] for name, values in columns.items() if at < len(values)} for at in range(count)]
    built = [group.build(Spin, **row) for row in rows]
    return tuple(spin for spin in built if spin is not None)


def _spin(group: Fields) -> Spin | None:
    spin = group.build(
        Spin,
        g_force=group.number("g_force"),
        minutes=group.number("minutes"),
        rpm=group.number("rpm"),
        radius_cm=group.number("radius_cm"),
        temperature_c=group.number("temperature"),
    )
    group.nothing_else()
    return spin


def _column(group: Fields, name: str, spins: int | None) -> list[float]:
    value = group.value(name, "number, or a list with one for each spin")
    if value is None:
        return []
    given = list(value) if isinstance(value, list | tuple) else [value]
    numbers = [number for item in given if (number := group.as_number(name, item)) is not None]
    if name == "radius_cm" and len(numbers) == 1:
        return numbers * (spins or 1)
    if spins is not None and len(given) != spins:
        group.fault(
            name, f"{len(given)} value(s) for {spins} spins.", "Give one value for each spin, as a list."
        )
        return []
    return numbers


def _activation(group: Fields) -> Activation | None:
    moment = group.text("moment", MOMENTS)
    activation = group.build(
        Activation,
        exogenous=group.truth("exogenous"),
        agent=group.text("agent", AGENTS),
        moment=_MOMENTS.get(moment or "", moment),
        agent_concentration=group.text("agent_concentration"),
        agent_volume_ml=group.volume_ml("agent_volume"),
    )
    group.nothing_else()
    return activation
