"""Addresses by which a record is put right, asked about and signed; one for each kind of row."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from enthesis.web.registry.records.row_kinds import ROW_KINDS
from enthesis.web.registry.views import asking, correcting, data_rights, signing


def _of_kinds() -> Iterator[URLPattern]:
    for kind in ROW_KINDS.values():
        of_row, more = f"records/{kind.word.replace('_', '-')}/<uuid:{kind.word}>", {"kind": kind.name}
        yield path(f"{of_row}/ask/", asking.ask, more, name=f"ask-{kind.word}")
        if kind.fields or kind.name == "response":
            yield path(f"{of_row}/correct/", correcting.correct, more, name=f"correct-{kind.word}")
        if kind.meanings:
            yield path(f"{of_row}/sign/", signing.sign, more, name=f"sign-{kind.word}")


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
