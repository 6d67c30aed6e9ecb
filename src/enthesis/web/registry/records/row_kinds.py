"""Kinds of rows that are shown, corrected, asked about, signed and taken back, and what each allows."""

from dataclasses import dataclass

from enthesis.errors import NotFound
from enthesis.web.registry.models import (
    AdverseEvent,
    Care,
    Consent,
    EndPoint,
    Episode,
    FollowUp,
    Imaging,
    Injection,
    Preparation,
    Response,
)
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["ROW_KINDS", "RowKind", "is_taken_back", "kind_named", "kind_of_row"]


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind: its model, its words, and the address word by which pages know it.

    ``fields`` may be put right on the page of corrections; others follow from them or are put right by
    recording afresh. ``meanings`` are what a signature under it may say; none means it is not signed.
    ``own_page`` and ``own_correction`` name addresses of kinds that have pages of their own.
    """

    model: type[AboutPatient]
    word: str
    label: str
    fields: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    is_taken_back: bool = False
    own_page: str = ""
    own_correction: str = ""

    @property
    def name(self) -> str:
        """Name as corrections, queries, signatures and the audit trail write it."""
        return str(self.model._meta.model_name)

    @property
    def page(self) -> str:
        """Name of the address at which a row is shown."""
        return self.own_page or f"record-{self.word}"

    @property
    def correction(self) -> str:
        """Name of the address at which a row is put right; empty where it never is."""
        if self.own_correction:
            return self.own_correction
        return f"correct-{self.word}" if self.fields or self.model is Response else ""


REVIEWED = "I have read this record, and it is right."
ROW_KINDS: dict[str, RowKind] = {
    kind.name: kind
    for kind in (
        RowKind(
            Injection,
            "injection",
            "injection",
            (
                "target", "guidance", "needle_gauge", "volume_ml", "local_anaesthetic", "image_reference",
                "notes",
            ),
            ("I gave this injection, and this record of it is right.", REVIEWED),
            is_taken_back=True,
            own_page="injection",
        ),
        RowKind(Preparation, "preparation", "preparation of a product", ("kit", "lot", "notes")),
        RowKind(
            Imaging,
            "imaging",
            "image",
            (
                "taken_on", "modality", "grading_system", "grade", "grade_wording", "findings",
                "image_reference",
            ),
            (REVIEWED,),
            is_taken_back=True,
        ),
        RowKind(
            AdverseEvent,
            "adverse_event",
            "harm",
            (
                "term", "started_on", "known_at", "ended_on", "grade", "serious", "cause_product",
                "cause_procedure", "expected", "outcome", "description",
            ),
            ("I saw this harm, and this record of it is right.", REVIEWED),
            is_taken_back=True,
            own_page="harm",
        ),
        RowKind(
            Care, "care", "care", ("kind", "what", "started_on", "ended_on"), (REVIEWED,), is_taken_back=True
        ),
        RowKind(EndPoint, "end_point", "end point", ("on", "reason"), (REVIEWED,), is_taken_back=True),
        RowKind(Episode, "episode", "episode", (), (REVIEWED,), own_correction="episode-correct"),
        RowKind(FollowUp, "follow_up", "questionnaire", ()),
        # What the patient answered is the patient's word: it is put right in the open, and nobody signs it.
        RowKind(Response, "response", "answers", (), is_taken_back=True),
        RowKind(Consent, "consent", "consent", ()),
    )
}  # fmt: skip


def kind_named(name: str) -> RowKind:
    """The kind of this name.

    Raises:
        NotFound: There is none.
    """
    if name not in ROW_KINDS:
        raise NotFound("kind of record", name, ROW_KINDS)
    return ROW_KINDS[name]


def kind_of_row(row: AboutPatient) -> RowKind:
    """The kind of a row."""
    return kind_named(str(row._meta.model_name))


def is_taken_back(row: AboutPatient) -> bool:
    """Whether a row was taken back; answers then stand in the place of nothing but themselves."""
    if isinstance(row, Response):
        return row.replaced_by_id is not None and row.replaced_by_id == row.pk
    return bool(getattr(row, "cancelled_because", ""))
