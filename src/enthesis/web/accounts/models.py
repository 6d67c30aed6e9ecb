"""Fields and constraints of accounts, sites and memberships."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q

from enthesis.web.accounts.roles import INSTALLATION_WIDE, Role

__all__ = ["Membership", "Site", "User"]

ROLE_CHOICES = [(role.value, role.label) for role in Role]


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the e-mail address is the name to log in with."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password it cannot log in until its invitation is used."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=150, help_text="Name as colleagues know it, in any script.")
    language = models.CharField(max_length=10, default="en", blank=True)
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        """Words for pages."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Name for a page."""
        return self.name or self.email


class Site(models.Model):
    """A clinic or hospital department that keeps its own patients."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=150, unique=True)
    country = models.CharField(max_length=2, help_text="ISO 3166 code, such as IN.")
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    language = models.CharField(max_length=10, default="en")
    telephone = models.CharField(max_length=40, blank=True, help_text="Number a patient may call.")
    emergency_advice = models.CharField(
        max_length=300, blank=True, help_text="What a patient in trouble should do."
    )
    synthetic = models.BooleanField(default=False, help_text="Every patient of this site is invented.")
    active = models.BooleanField(default=True)

    class Meta:
        """Words for pages."""

        ordering = ("name",)

    def __str__(self) -> str:
        """Name for a page."""
        return self.name


class Membership(models.Model):
    """What a user is at a site; without a site, for the whole installation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    site = models.ForeignKey(Site, models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(max_length=20, choices=ROLE_CHOICES)

    class Meta:
        """A role is held once; who meets patients belongs to a site."""

        constraints = (
            models.UniqueConstraint(fields=("user", "site", "role"), name="a_role_is_held_once_a_site"),
            models.UniqueConstraint(
                fields=("user", "role"), condition=Q(site__isnull=True), name="a_wide_role_is_held_once"
            ),
            models.CheckConstraint(
                condition=Q(site__isnull=False) | Q(role__in=sorted(INSTALLATION_WIDE)),
                name="patients_are_met_at_a_site",
            ),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in Role]), name="role_is_known"),
        )
