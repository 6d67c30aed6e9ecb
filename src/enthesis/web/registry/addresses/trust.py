"""Addresses by which a record is shown, put right, asked about, signed and taken back, by kind of row."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from enthesis.web.registry.records.row_kinds import ROW_KINDS
from enthesis.web.registry.views import asking, correcting, data_rights, rows, signing


def _of_kinds() -> Iterator[URLPattern]:
    for kind in ROW_KINDS.values():
        of_row, more = f"records/{kind.word.replace('_', '-')}/<uuid:{kind.word}>", {"kind": kind.name}
        if not kind.own_page:
            yield path(f"{of_row}/", rows.show, more, name=kind.page)
        yield path(f"{of_row}/ask/", asking.ask, more, name=f"ask-{kind.word}")
        if kind.correction and not kind.own_correction:
            yield path(f"{of_row}/correct/", correcting.correct, more, name=kind.correction)
        if kind.meanings:
            yield path(f"{of_row}/sign/", signing.sign, more, name=f"sign-{kind.word}")
        if kind.is_taken_back:
            yield path(f"{of_row}/take-back/", rows.take_back, more, name=f"take-back-{kind.word}")


urlpatterns = [
    path("queries/", asking.show_list, name="queries"),
    path("queries/<uuid:query>/", asking.show_query, name="query"),
    path("unsigned/", signing.show_unsigned, name="unsigned"),
    path("patients/<uuid:patient>/data/", data_rights.show, name="data-rights"),
    path("patients/<uuid:patient>/data/all.json", data_rights.export_json, name="data-json"),
    path("patients/<uuid:patient>/data/all/", data_rights.export_page, name="data-page"),
    path("patients/<uuid:patient>/erase/", data_rights.erase, name="erase"),
    *_of_kinds(),
]
