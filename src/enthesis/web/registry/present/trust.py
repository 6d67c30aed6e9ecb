"""A row of the record in words, with what was put right in it, asked about it and signed under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse

from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import Correction
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.queries.signatures import Checked, Standing, signatures_of
from enthesis.web.registry.queries.trust import QueryLine, corrections_of, queries_of
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import ROW_KINDS, kind_of_row

__all__ = ["CorrectionLine", "RowTrust", "SignatureLine", "row_lines", "row_title", "row_trust"]

NOT_SHOWN = frozenset(
    {"id", "key", "site", "patient", "episode", "record", "consultation", "submission", "preparation"}
)
STANDING = {
    Standing.VALID: "holds",
    Standing.VOID: "void",
    Standing.CONTENT_DIFFERS: "DOES NOT HOLD: the record is not what was signed",
    Standing.NOT_IN_TRAIL: "DOES NOT HOLD: the audit trail knows of no such signature",
}


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One value that was put right."""

    row: Correction
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature in words."""

    checked: Checked
    words: str
    holds: bool


@dataclass(frozen=True, slots=True)
class RowTrust:
    """Everything about a row that is not its content; addresses are empty where the reader may not go."""

    corrections: tuple[CorrectionLine, ...]
    queries: tuple[QueryLine, ...]
    signatures: tuple[SignatureLine, ...]
    correct_address: str
    ask_address: str
    sign_address: str

    @property
    def is_signed(self) -> bool:
        """Whether a signature holds."""
        return any(s.holds for s in self.signatures)


def row_trust(row: AboutPatient) -> RowTrust:
    """What stands beside a row."""
    kind, scope = kind_of_row(row), current_scope()

    def address(verb: str, permission: Permission, there: bool) -> str:
        may = there and scope.can(permission, row.site_id)
        return reverse(f"{verb}-{kind.word}", args=[row.key]) if may else ""

    correctable = bool(kind.fields) or kind.name == "response"
    return RowTrust(
        corrections=tuple(_correction(c) for c in corrections_of(row)),
        queries=tuple(queries_of(row)),
        signatures=tuple(
            SignatureLine(s, STANDING[s.standing], s.standing is Standing.VALID) for s in signatures_of(row)
        ),
        correct_address=address("correct", Permission.WRITE_RECORD, correctable),
        ask_address=address("ask", Permission.ASK_QUERY, True),
        sign_address=address("sign", Permission.SIGN, bool(kind.meanings)),
    )


def row_title(row: AboutPatient) -> str:
    """A row in a few words, without a name."""
    day = next(
        (
            getattr(row, n)
            for n in ("given_on", "taken_on", "started_on", "on", "answered_on")
            if hasattr(row, n)
        ),
        None,
    )
    label = kind_of_row(row).label.capitalize()
    return f"{label} of {day:%-d %b %Y}" if day else label


def row_lines(row: AboutPatient) -> Iterator[tuple[str, str]]:
    """Fields of a row as pages show them; empty ones are left out."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.name)
        if field.name in NOT_SHOWN or value in (None, "", [], {}):
            continue
        shown = getattr(row, f"get_{field.name}_display", None)
        yield field_label(field.name), str(shown()) if shown else _words(value)


def _correction(row: Correction) -> CorrectionLine:
    sealed = str(row.before).startswith("sealed:") or str(row.after).startswith("sealed:")
    before, after = ("not shown here",) * 2 if sealed else (_words(row.before), _words(row.after))
    return CorrectionLine(row, field_label(row.field), before, after)


def _words(value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, AboutPatient):
        return row_title(value) if value._meta.model_name in ROW_KINDS else str(value._meta.verbose_name)
    if isinstance(value, datetime):
        return f"{value:%-d %b %Y %H:%M} UTC"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict):
        return ", ".join(f"{k} {v}" for k, v in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
