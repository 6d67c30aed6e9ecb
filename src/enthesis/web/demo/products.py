"""Invented product records, within what devices print."""

from typing import Any

import numpy as np

__all__ = ["product_record"]


def product_record(intervention: str, volume_ml: float, rng: np.random.Generator) -> dict[str, Any]:
    """A record as ``domain.products`` reads it; a third of them say little, as records do."""
    volume = f"{volume_ml:g} mL"
    if intervention == "hyaluronic-acid":
        return {"kind": intervention, "product": {"concentration_mg_per_ml": 10, "volume": volume}}
    if intervention == "prolotherapy-dextrose":
        return {
            "kind": intervention,
            "product": {"dextrose_percent": 15, "volume_per_point": 0.5, "points": round(volume_ml / 0.5)},
        }
    if intervention == "bmac":
        nucleated = round(float(rng.uniform(20, 60)), 1)
        product = {"nucleated": nucleated, "volume_prepared": volume_ml + 1, "volume_injected": volume_ml}
        return {"kind": intervention, "product": product}
    return _prp(volume_ml, rng)


def _prp(volume_ml: float, rng: np.random.Generator) -> dict[str, Any]:
    if rng.random() < 0.33:
        return {"kind": "prp", "product": {"volume_injected": f"{volume_ml:g} mL"}}
    blood = round(float(rng.uniform(160, 340)), 0)
    fold = float(rng.uniform(2.0, 4.5))
    rich = rng.random() < 0.3
    return {
        "kind": "prp",
        "whole_blood": {
            "platelets": f"{blood:g} G/L",
            "leukocytes": 6.5,
            "volume": "54 mL",
            "anticoagulant_volume": "6 mL",
            "counted": "before-anticoagulant",
        },
        "product": {
            "platelets": f"{blood * fold:.0f} G/L",
            "leukocytes": round(float(rng.uniform(12, 25) if rich else rng.uniform(0.2, 2.0)), 1),
            "volume_prepared": f"{volume_ml + 1:g} mL",
            "volume_injected": f"{volume_ml:g} mL",
        },
        "preparation": {
            "device": "invented device",
            "anticoagulant": "ACD-A",
            "spins": int(rng.integers(1, 3)),
        },
        "activation": {"agent": "none"},
    }
