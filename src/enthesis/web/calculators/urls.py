"""Addresses of the calculators."""

from django.urls import path

from enthesis.web.calculators.views import index, mcid, product, scores

urlpatterns = [
    path("", index.show, name="calculators"),
    path("prp/", product.show, name="prp-calculator"),
    path("prp/label/", product.show_label, name="prp-label"),
    path("scores/", scores.show_list, name="scores"),
    path("scores/<str:instrument>/", scores.show, name="score"),
    path("mcid/", mcid.show, name="mcid"),
]
