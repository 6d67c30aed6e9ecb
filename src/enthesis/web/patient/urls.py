"""Addresses of the patient's pages; nothing in them says who the patient is."""

from django.urls import path

from enthesis.web.patient.views import answers, done, form, service_worker, start

urlpatterns = [
    path("sw.js", service_worker.service_worker, name="patient-worker"),
    path("<str:token>/", start.start, name="patient-start"),
    path("<str:token>/form/", form.form, name="patient-form"),
    path("<str:token>/blank/", form.blank, name="patient-blank"),
    path("<str:token>/draft/", answers.draft, name="patient-draft"),
    path("<str:token>/answers/", answers.answers, name="patient-answers"),
    path("<str:token>/done/", done.done, name="patient-done"),
    path("<str:token>/leave/", done.leave, name="patient-leave"),
]
