"""What the web server calls: ``granian --interface wsgi enthesis.web.config.wsgi:application``.

Files are collected and the evidence is computed before the first request, so that no reader waits for it.
"""

import os

import django
from django.core.handlers.wsgi import WSGIHandler

__all__ = ["application"]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enthesis.web.config.settings")
django.setup(set_prefix=False)

from enthesis.web.config.static_files import prepare_static  # noqa: E402
from enthesis.web.evidence.warm import warm_up  # noqa: E402

prepare_static()
application = WSGIHandler()
warm_up()
