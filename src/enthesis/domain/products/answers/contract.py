"""What the answers for all kinds of product have in common."""

from collections.abc import Iterable
from typing import Any

from enthesis.domain.products.plausibility.findings import Finding, Severity
from enthesis.domain.products.reporting.checklist import Completeness
from enthesis.errors import InvalidData

__all__ = ["CONTRACT_VERSION", "completeness_as_dict", "refuse_errors", "shown"]

# Raised when a key of the answer changes its meaning or goes; a new key does not raise it.
CONTRACT_VERSION = 1


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
