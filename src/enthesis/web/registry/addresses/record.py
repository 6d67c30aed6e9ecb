"""Addresses of the clinical record and the clinician's day."""

from django.urls import path

from enthesis.web.registry.views import (
    consents,
    course_notes,
    episodes,
    harms,
    injections,
    patients,
    record,
    rows,
    working_site,
)

urlpatterns = [
    path("working-site/", working_site.choose, name="working-site"),
    path("today/", record.show_today, name="today"),
    path("patients/", patients.show_list, name="patients"),
    path("patients/new/", patients.add, name="patient-new"),
    path("patients/<uuid:patient>/", record.show_patient, name="patient"),
    path("patients/<uuid:patient>/correct/", patients.correct, name="patient-correct"),
    path("patients/<uuid:patient>/consents/", consents.show, name="consents"),
    path("patients/<uuid:patient>/episodes/new/", episodes.add, name="episode-new"),
    path("episodes/<uuid:episode>/correct/", episodes.change, name="episode-correct"),
    path("episodes/<uuid:episode>/injections/new/", injections.add, name="injection-new"),
    path("episodes/<uuid:episode>/injections/derive/", injections.derive, name="injection-derive"),
    path("episodes/<uuid:episode>/images/new/", course_notes.add_image, name="image-new"),
    path("episodes/<uuid:episode>/care/new/", course_notes.add_care, name="care-new"),
    path("episodes/<uuid:episode>/endpoints/new/", course_notes.add_endpoint, name="endpoint-new"),
    path("episodes/<uuid:episode>/harms/new/", harms.add, name="harm-new"),
    path("injections/<uuid:injection>/", injections.show, name="injection"),
    path("records/", rows.show_episodes, name="records"),
    path("records/before/<uuid:episode>/", rows.show_episodes, name="records-before"),
    path("harms/", harms.show_list, name="harms"),
    path("harms/<uuid:adverse_event>/", harms.show, name="harm"),
]
