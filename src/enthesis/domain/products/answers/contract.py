"""What the answers for all kinds of product have in common."""

from collections.abc import Iterable, Mapping
from typing import Any

from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.reporting.checklist import Completeness
from enthesis.errors import InvalidData

__all__ = ["CONTRACT_VERSION", "PLATELET_KEYS", "completeness_as_dict", "refuse_errors", "shown"]

# Raised when a key of the answer changes its meaning or goes; a new key does not raise it.
CONTRACT_VERSION = 1

# Meaning of every key of the answer for a platelet product; null where it cannot be derived.
PLATELET_KEYS: Mapping[str, str] = {
    "contract_version": "version of this contract",
    "kind": "kind of product",
    "name": "name of the product in words",
    "dose_e9": "platelets injected, in billions",
    "fold": "platelets of the product as a multiple of blood",
    "recovery_percent": "percentage of the platelets of the blood that is in the product",
    "purity_percent": "percentage of platelets among all cells of the product",
    "leukocyte_fold": "leukocytes of the product as a multiple of blood",
    "neutrophil_fold": "neutrophils of the product as a multiple of blood",
    "red_cell_share_percent": "percentage of erythrocytes among all cells of the product",
    "volume_reduction": "millilitres of blood for each millilitre of product",
    "codes": "code of each classification system, null where none is given",
    "code_parts": "parts of each code that is given",
    "codes_not_given": "for each system without a code, why",
    "leukocytes": "rich, poor, neither or unknown, by the definition of each system",
    "not_derived": "values that could not be derived, and what they need",
    "warnings": "doubts about the numbers, each with its likely cause and repair",
    "caveats": "choices and assumptions that the numbers rest on",
    "reporting": "data points recorded, of how many, in all and in the product record; which are missing",
}


def refuse_errors(findings: Iterable[Finding]) -> None:
    """Let warnings pass and refuse errors.

    Raises:
        InvalidData: At least one finding is an error.
    """
    if errors := [finding.as_fault() for finding in findings if finding.severity is Severity.ERROR]:
        raise InvalidData(errors)


def shown(value: float | None) -> float | None:
    """A derived number without the noise of binary arithmetic: six significant digits."""
    return None if value is None else float(f"{value:.6g}")


def completeness_as_dict(reporting: Completeness | None) -> dict[str, Any] | None:
    """Completeness as plain values."""
    if reporting is None:
        return None
    return {
        "checklist": reporting.checklist,
        "reported": reporting.reported,
        "of": reporting.of,
        "reported_in_record": reporting.in_record[0],
        "of_in_record": reporting.in_record[1],
        "missing": list(reporting.missing),
        "caveat": reporting.caveat,
    }
