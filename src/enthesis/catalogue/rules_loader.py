"""Reads the declared choices of evidence synthesis from ``rules/evidence.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from enthesis.domain.evidence.rules import Column, EvidenceRules, Mcid, Threshold

__all__ = ["load_evidence_rules"]


@cache
def load_evidence_rules() -> EvidenceRules:
    """The declared choices that ship with this version."""
    text = files("enthesis.catalogue").joinpath("rules/evidence.yaml").read_text(encoding="utf-8")
    return _build(yaml.load(text, Loader=yaml.CSafeLoader))


def _build(raw: dict[str, Any]) -> EvidenceRules:
    return EvidenceRules(
        version=str(raw["version"]),
        columns=tuple(
            Column(c["label"], tuple(c["interventions"]), c.get("reference", False)) for c in raw["columns"]
        ),
        background=frozenset(raw["background"]),
        hierarchy={outcome: tuple(order) for outcome, order in raw["hierarchy"].items()},
        fixed_ranges={name: tuple(limits) for name, limits in raw["fixed_ranges"].items()},
        mcid={name: _mcid(m, "points") for name, m in raw["mcid"].items()},
        mcid_smd=_mcid(raw["mcid_smd"], "value"),
        mcid_ratio=_mcid(raw["mcid_ratio"], "value"),
        little_share=raw["little_share"],
        absence_share=raw["absence_share"],
        tau_prior={scale: raw["tau_prior"][scale] for scale in ("smd", "ratio", "points")},
        integrity=_thresholds(raw["integrity"]),
        certainty=_thresholds(raw["certainty"]),
        asian_countries=frozenset(raw["asian_countries"]),
        routes={condition: frozenset(routes) for condition, routes in raw["routes"].items()},
    )


def _mcid(m: dict[str, Any], value: str) -> Mcid:
    return Mcid(m[value], m["low"], m["high"], m["why"], tuple(m["sources"]))


def _thresholds(block: dict[str, dict[str, Any]]) -> dict[str, Threshold]:
    return {name: Threshold(entry["value"], entry["why"]) for name, entry in block.items()}
