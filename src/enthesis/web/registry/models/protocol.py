"""A site's own follow-up protocol."""

from django.db import models

from enthesis.web.accounts.site_owned import SiteOwned

__all__ = ["SiteProtocol"]


class SiteProtocol(SiteOwned):
    """Windows and instruments as a site changed them; older versions stay for episodes begun under them."""

    name = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    content = models.JSONField(help_text="The protocol as domain.episodes reads it.")
    valid_from = models.DateField()

    class Meta(SiteOwned.Meta):
        """One row a version."""

        constraints = (
            models.UniqueConstraint(
                fields=("site", "name", "version"), name="a_protocol_version_stands_once"
            ),
        )
