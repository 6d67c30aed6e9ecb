"""The first wall, and the pen: rows are found only inside the scope, and every change is written down.

Every way of writing through the ORM (save, delete, bulk_create, bulk_update, update) lands here, so an action
cannot forget the wall or the audit trail.
"""

import hashlib
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.dispatch import Signal

from enthesis.errors import NotAllowed
from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import current_scope
from enthesis.web.audit.recording import Act, Action, record, record_all
from enthesis.web.vault import SealedDateField, SealedTextField

__all__ = ["SiteOwned", "SiteOwnedQuerySet", "audit_read", "content_changed"]

# Sent with ``rows`` after rows were changed or deleted in any way, in the same transaction.
content_changed = Signal()

SHORT_TEXT = 80


class SiteOwnedQuerySet(models.QuerySet):
    """Rows of the sites in scope; writing is audited."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Insert many rows and write each down."""
        rows = list(objs)
        for row in rows:
            row.check_within_scope()
        with transaction.atomic():
            made = super().bulk_create(rows, *args, **kwargs)
            record_all(row.act(Action.CREATE, row.written_values()) for row in rows)
        return made

    def bulk_load(self, rows: Sequence[Any], why: str) -> None:
        """Insert many rows under one entry of the audit trail for each site: invented or restored ones."""
        for row in rows:
            row.check_within_scope()
        with transaction.atomic():
            super().bulk_create(rows, batch_size=500)
            record_all(_loads(rows, why))

    def update(self, **values: Any) -> int:
        """Change many rows and write each down."""
        with transaction.atomic():
            rows = list(self)
            changed = super().update(**values)
            details = {name: ["", _shown(self.model, name, value)] for name, value in values.items()}
            record_all(row.act(Action.CHANGE, details) for row in rows)  # type: ignore[attr-defined]
            content_changed.send(self.model, rows=rows)
        return changed

    def reseal(self, rows: Sequence[Any], fields: Sequence[str]) -> None:
        """Store sealed fields again under the current key; values stay, so one entry a site says it."""
        with transaction.atomic():
            self._unaudited().bulk_update(rows, fields)
            record_all(_loads(rows, "sealed again"))

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Change many rows and write each down."""
        rows, names = list(objs), list(fields)
        with transaction.atomic():
            for row in rows:
                row.check_within_scope()
            changed = self._unaudited().bulk_update(rows, names, batch_size)
            record_all(row.act(Action.CHANGE, row.changed_values(names)) for row in rows)
            content_changed.send(self.model, rows=rows)
        return changed

    def _unaudited(self) -> models.QuerySet:
        """Django's own rows: its bulk_update calls update, which would write every change down twice."""
        return models.QuerySet(self.model, using=self.db)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete rows one by one, each written down."""
        with transaction.atomic():
            return sum(row.delete()[0] for row in list(self)), {}  # type: ignore[attr-defined]


class SiteOwnedManager(models.Manager.from_queryset(SiteOwnedQuerySet)):  # type: ignore[misc]
    """Finds rows of the sites in scope only; without a scope, none."""

    def get_queryset(self) -> models.QuerySet:
        """Rows in scope.

        Raises:
            NotAllowed: Nobody is acting.
        """
        sites = current_scope().sites
        rows = super().get_queryset()
        return rows if sites is None else rows.filter(site_id__in=sites)


class SiteOwned(models.Model):
    """A row that belongs to one site and is known to the outside by its key."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")

    objects: ClassVar[SiteOwnedManager] = SiteOwnedManager()
    # Fields that change at every save and say nothing.
    unaudited: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        """The scoped manager is also the one relations use."""

        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Sequence[Any]
    ) -> Self:
        """Remember what was read, so that a change can be told."""
        row = super().from_db(db, field_names, values)
        row._as_read = dict(zip(field_names, values, strict=True))
        return row

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row and write down what changed, both or neither."""
        self.check_within_scope()
        is_new = self._state.adding
        names = kwargs.get("update_fields")
        details = self.written_values() if is_new else self.changed_values(names)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if is_new or details:
                record(self.act(Action.CREATE if is_new else Action.CHANGE, details))
            if details and not is_new:
                content_changed.send(type(self), rows=[self])
        self._as_read = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row and write it down, both or neither."""
        self.check_within_scope()
        act = self.act(Action.DELETE, {})
        with transaction.atomic():
            done = super().delete(*args, **kwargs)
            record(act)
            content_changed.send(type(self), rows=[self])
        return done

    def check_within_scope(self) -> None:
        """Raise NotAllowed when the row is of a site out of reach."""
        if not current_scope().reaches(self.site_id):
            raise NotAllowed("This record belongs to another site.")

    def patient_key(self) -> str:
        """Key of the patient this row is about; rooms with patients say how."""
        return ""

    def act(self, action: Action, details: dict[str, Any]) -> Act:
        """What the audit trail is to hold about this row."""
        return Act(
            actor=current_scope().actor,
            action=action,
            kind=self._meta.model_name or "",
            object_key=str(self.key),
            site_id=self.site_id,
            patient_key=self.patient_key(),
            details=details,
        )

    def written_values(self) -> dict[str, Any]:
        """Fields of a new row as the audit trail shows them."""
        values = {f.attname: getattr(self, f.attname) for f in self._audited_fields()}
        return {
            name: _shown(type(self), name, v) for name, v in values.items() if v not in (None, "", [], {})
        }

    def changed_values(self, names: Iterable[str] | None = None) -> dict[str, Any]:
        """Before and after of every changed field."""
        was: dict[str, Any] = getattr(self, "_as_read", {})
        wanted = None if names is None else set(names)
        changed = {}
        for field in self._audited_fields():
            if wanted is not None and not wanted.intersection((field.name, field.attname)):
                continue
            old, new = was.get(field.attname), getattr(self, field.attname)
            if old != new:
                changed[field.attname] = [_shown(type(self), field.attname, x) for x in (old, new)]
        return changed

    def _audited_fields(self) -> list[Any]:
        skipped = {"id", "key", "site_id"} | self.unaudited
        return [f for f in self._meta.concrete_fields if f.attname not in skipped]


def _loads(rows: Sequence["SiteOwned"], why: str) -> Iterator[Act]:
    by_site: dict[int, list[SiteOwned]] = {}
    for row in rows:
        by_site.setdefault(row.site_id, []).append(row)
    for site_id, own in by_site.items():
        keys = hashlib.sha256("".join(str(row.key) for row in own).encode()).hexdigest()
        yield Act(
            actor=current_scope().actor,
            action=Action.SYSTEM,
            kind=own[0]._meta.model_name or "",
            site_id=site_id,
            details={"why": why, "rows": len(own), "keys": f"sha256:{keys}"},
        )


def audit_read(*rows: SiteOwned, what: str = "") -> None:
    """Write down that identifiable records were shown."""
    details = {"what": what} if what else {}
    record_all(row.act(Action.READ, details) for row in rows)


def _shown(model: type[models.Model], name: str, value: Any) -> Any:
    """A value for the audit trail: sealed ones by name only, long ones by their hash, numbers as text."""
    field = next((f for f in model._meta.concrete_fields if name in (f.name, f.attname)), None)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(field, SealedTextField | SealedDateField):
        return "sealed"
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, bytes | memoryview):
        return "sha256:" + hashlib.sha256(bytes(value)).hexdigest()
    text = str(value)
    is_long = len(text) > SHORT_TEXT or isinstance(field, models.TextField | models.JSONField)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest() if is_long else text
