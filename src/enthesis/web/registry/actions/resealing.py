"""Key rotation: every sealed value is sealed again under a fresh key, in batches that may stop any time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.accounts.site_owned import SiteOwned
from enthesis.web.audit.recording import Act, Action, record
from enthesis.web.registry.actions.patients import CORRECTION_PLACE
from enthesis.web.registry.models import Correction
from enthesis.web.vault import SealedDateField, SealedTextField, key_ring, seal, unseal
from enthesis.web.vault.keys import rotate

__all__ = ["Resealed", "reseal_all", "rotate_keys"]

BATCH = 500
FACTOR_PLACE = "mfa"


@dataclass(frozen=True, slots=True)
class Resealed:
    """The key now in use, and how many rows were sealed again under it."""

    key: str
    rows: int


def rotate_keys(progress: Callable[[str], None] = lambda _: None) -> Resealed:
    """Make a fresh key the current one and seal everything again; old keys stay for old backups."""
    key_ring()
    name = rotate(Path(settings.KEY_FILE))
    record(Act("system:keys", Action.SYSTEM, "keys", details={"rotated_to": name}))
    return reseal_all(progress)


def reseal_all(progress: Callable[[str], None] = lambda _: None) -> Resealed:
    """Seal again what another key than the current one sealed; run again, it goes on where it stopped."""
    current, done = key_ring().current, 0
    with acting_as_system("keys"):
        for model, fields in _sealed_models():
            for count in _reseal(model, fields, f"sealed:{current}:"):
                done += count
                progress(f"{model._meta.model_name}: {done} rows sealed again")
        done += _reseal_corrections(f"sealed:{current}:") + _reseal_factors(f"sealed:{current}:")
    return Resealed(current, done)


def _sealed_models() -> Iterator[tuple[type[SiteOwned], list[str]]]:
    kinds = (SealedTextField, SealedDateField)
    for model in apps.get_models():
        fields = [f.name for f in model._meta.concrete_fields if isinstance(f, kinds)]
        if fields and issubclass(model, SiteOwned):
            yield model, fields


def _reseal(model: type[SiteOwned], fields: list[str], prefix: str) -> Iterator[int]:
    """Batches of rows with a value of an older key; each batch is stored whole or not at all."""
    raw = {f"raw_{name}": Cast(name, TextField()) for name in fields}
    old = Q()
    for name in raw:
        old |= Q(**{f"{name}__startswith": "sealed:"}) & ~Q(**{f"{name}__startswith": prefix})
    while True:
        with transaction.atomic():
            rows = list(model.objects.select_for_update().annotate(**raw).filter(old).order_by("pk")[:BATCH])
            if not rows:
                return
            model.objects.all().reseal(rows, fields)
        yield len(rows)


def _reseal_corrections(prefix: str) -> int:
    """Identity as it was before a correction is sealed inside a column that is not."""
    rows = []
    for row in Correction.objects.filter(row_kind="patient").iterator(chunk_size=BATCH):
        before, after = (_again(v, CORRECTION_PLACE, prefix) for v in (row.before, row.after))
        if (before, after) != (row.before, row.after):
            row.before, row.after = before, after
            rows.append(row)
    if rows:
        Correction.objects.all().reseal(rows, ["before", "after"])
    return len(rows)


def _reseal_factors(prefix: str) -> int:
    """Secrets of one-time codes and recovery codes, which belong to people and to no site."""
    count = 0
    for row in Authenticator.objects.all():
        data = {name: _again(value, FACTOR_PLACE, prefix) for name, value in row.data.items()}
        if data != row.data:
            row.data = data
            row.save(update_fields=("data",))
            count += 1
    return count


def _again(value: object, place: str, prefix: str) -> object:
    if isinstance(value, list):
        return [_again(item, place, prefix) for item in value]
    if isinstance(value, str) and value.startswith("sealed:") and not value.startswith(prefix):
        return seal(unseal(value, place), place)
    return value
