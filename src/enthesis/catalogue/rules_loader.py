"""Reads the declared choices of evidence synthesis from ``rules/evidence.yaml``."""

from functools import cache
from importlib.resources import files
from typing import Any

from enthesis.catalogue.strict_document import read_strictly
from enthesis.domain.evidence.rules import Column, EvidenceRules, Mcid, Threshold
from enthesis.errors import Fault, InvalidData

__all__ = ["load_evidence_rules", "read_rules"]

FILE = "rules/evidence.yaml"


@cache
def load_evidence_rules() -> EvidenceRules:
    """The declared choices that ship with this version."""
    return read_rules(files("enthesis.catalogue").joinpath(FILE).read_bytes())


def read_rules(raw: bytes) -> EvidenceRules:
    """The declared choices in a file.

    Raises:
        InvalidData: It is no strict YAML, or a part is missing or not of its kind.
    """
    held = read_strictly(raw, FILE)
    try:
        return _build(held)
    except KeyError as error:
        raise InvalidData(
            Fault(f"{error} is missing.", FILE, "Compare it with the file that ships.")
        ) from None
    except (TypeError, AttributeError) as error:
        raise InvalidData(
            Fault(f"A part is not of its kind: {error}.", FILE, "Compare it with the file that ships.")
        ) from None


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
