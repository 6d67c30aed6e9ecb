"""Kinds of rows that are corrected, asked about and signed, with the fields of each that may be put right."""

from dataclasses import dataclass

from enthesis.errors import NotFound
from enthesis.web.registry.models import (
    AdverseEvent,
    Care,
    EndPoint,
    Episode,
    Imaging,
    Injection,
    Preparation,
    Response,
)
from enthesis.web.registry.models.patient import AboutPatient

__all__ = ["ROW_KINDS", "RowKind", "kind_named", "kind_of_row"]


@dataclass(frozen=True, slots=True)
class RowKind:
    """One kind: its model, its words, and the address word by which pages know it.

    ``fields`` may be put right on the page of corrections; others follow from them or are put right by
    recording afresh. ``meanings`` are what a signature under it may say; none means it is not signed.
    """

    model: type[AboutPatient]
    word: str
    label: str
    fields: tuple[str, ...]
    meanings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Name as corrections, queries, signatures and the audit trail write it."""
        return str(self.model._meta.model_name)


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
        ),
        RowKind(Preparation, "preparation", "preparation of a product", ("kit", "lot", "notes")),
        RowKind(
            Imaging, "imaging", "image", ("taken_on", "modality", "findings", "image_reference"), (REVIEWED,)
        ),
        RowKind(
            AdverseEvent,
            "adverse_event",
            "harm",
            (
                "grade", "started_on", "ended_on", "cause_product", "cause_procedure", "outcome",
                "description",
            ),
            ("I saw this harm, and this record of it is right.", REVIEWED),
        ),
        RowKind(Care, "care", "care", ("kind", "what", "started_on", "ended_on")),
        RowKind(EndPoint, "end_point", "end point", ("on", "reason")),
        RowKind(Episode, "episode", "episode", ()),
        RowKind(Response, "response", "answers", ()),
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
