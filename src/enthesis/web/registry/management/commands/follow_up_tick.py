"""``enthesis follow-up tick``: plan what is due, drop what has lost its reason, send what may be sent."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from enthesis.web.accounts.models import Site
from enthesis.web.accounts.scope import acting_as_system
from enthesis.web.registry.actions.reminders import deliver, drop_without_reason, plan
from enthesis.web.registry.actions.upkeep import refresh_statistics


class Command(BaseCommand):
    """One round of reminders; safe to run twice at once."""

    help = "Plan reminders that are due, cancel those without reason, and send what may be sent now."

    def handle(self, *_: Any, **__: Any) -> None:
        """One round over every active site; invented patients get no reminder."""
        now = timezone.now()
        with acting_as_system("follow-up"):
            dropped = drop_without_reason(now=now)
            sites = Site.objects.filter(active=True, synthetic=False)
            planned = sum(plan(site=site, now=now) for site in sites)
            sent = deliver(now=now)
        refresh_statistics()
        self.stdout.write(f"{planned} reminders planned, {sent} sent, {dropped} dropped.")
