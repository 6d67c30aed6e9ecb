"""The application of a clinic that holds the licence of every instrument: served only to measure.

The wording of 24 items ships; 250 questions need instruments whose wording a clinic must license. Here every
instrument that scores may be asked. The pages of the evidence, which take no part, are not made ready before
the first request, so that a killed worker is back in a second or two.
"""

import os

import django
from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enthesis.web.config.settings")
django.setup(set_prefix=False)

from enthesis.catalogue.instruments_loader import load_instruments  # noqa: E402
from enthesis.web.config.static_files import prepare_static  # noqa: E402
from enthesis.web.registry.queries import askable  # noqa: E402

askable.is_askable = lambda instrument, condition: not instrument.switched_off  # noqa: ARG005
prepare_static()
load_instruments()
get_resolver().url_patterns  # noqa: B018, imports every view
application = WSGIHandler()
