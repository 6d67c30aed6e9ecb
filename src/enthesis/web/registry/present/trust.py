"""What stands beside a row of the record: what was put right in it, asked about it and signed under it."""

from dataclasses import dataclass

from django.urls import reverse

from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.registry.models import Correction
from enthesis.web.registry.models.patient import AboutPatient
from enthesis.web.registry.present.row_lines import value_words
from enthesis.web.registry.queries.signatures import Checked, Standing, signatures_of
from enthesis.web.registry.queries.trust import QueryLine, corrections_of, queries_of
from enthesis.web.registry.records.field_words import field_label
from enthesis.web.registry.records.row_kinds import is_taken_back, kind_of_row

__all__ = ["CorrectionLine", "RowTrust", "SignatureLine", "row_trust"]

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
    take_back_address: str

    @property
    def has_ways(self) -> bool:
        """Whether the reader may do anything."""
        return any((self.correct_address, self.ask_address, self.sign_address, self.take_back_address))

    @property
    def is_signed(self) -> bool:
        """Whether a signature holds."""
        return any(s.holds for s in self.signatures)


def row_trust(row: AboutPatient) -> RowTrust:
    """What stands beside a row."""
    kind, scope = kind_of_row(row), current_scope()
    # What was taken back, or replaced by later answers, is only read and asked about.
    stands = not is_taken_back(row) and getattr(row, "replaced_by_id", None) is None

    def address(name: str, permission: Permission, there: bool) -> str:
        may = there and name and scope.can(permission, row.site_id)
        return reverse(name, args=[row.key]) if may else ""

    return RowTrust(
        corrections=tuple(_correction(c) for c in corrections_of(row)),
        queries=tuple(queries_of(row)),
        signatures=tuple(
            SignatureLine(s, STANDING[s.standing], s.standing is Standing.VALID) for s in signatures_of(row)
        ),
        correct_address=address(kind.correction, Permission.WRITE_RECORD, stands),
        ask_address=address(f"ask-{kind.word}", Permission.ASK_QUERY, True),
        sign_address=address(f"sign-{kind.word}", Permission.SIGN, stands and bool(kind.meanings)),
        take_back_address=address(
            f"take-back-{kind.word}", Permission.WRITE_RECORD, stands and kind.is_taken_back
        ),
    )


def _correction(row: Correction) -> CorrectionLine:
    sealed = str(row.before).startswith("sealed:") or str(row.after).startswith("sealed:")
    before, after = ("not shown here",) * 2 if sealed else _both(row)
    return CorrectionLine(row, field_label(row.field), before, after)


def _both(row: Correction) -> tuple[str, str]:
    return value_words(row.before, row.field), value_words(row.after, row.field)
