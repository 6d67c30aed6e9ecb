"""How long a log-in lasts: an hour without use, twelve hours in all.

Both as NIST SP 800-63B-4 asks at assurance level 2 (inactivity at most an hour, in all at most a day); OWASP
ASVS 5.0, 7.3.1 and 7.3.2, wants both said and kept.
"""

import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

__all__ = ["begin", "is_over"]

BEGUN, SEEN = "enthesis_begun", "enthesis_seen"
# Noting every request would write to the database at every request.
NOTED_EVERY_SECONDS = 60


def begin(request: HttpRequest, **_: Any) -> None:
    """Start the clock of a fresh log-in."""
    now = int(time.time())
    request.session[BEGUN], request.session[SEEN] = now, now


def is_over(request: HttpRequest) -> bool:
    """Whether this log-in has run out; otherwise it counts as used now."""
    from allauth.usersessions.models import UserSession  # after the applications are ready

    now = int(time.time())
    begun, seen = request.session.get(BEGUN), request.session.get(SEEN)
    if begun is None or seen is None:
        return True
    if now - begun > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if now - seen >= NOTED_EVERY_SECONDS:
        request.session[SEEN] = now
        UserSession.objects.filter(session_key=request.session.session_key).update(
            last_seen_at=timezone.now()
        )
    return False
