"""``enthesis account create|link|role``: people, from the machine the installation runs on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from enthesis.errors import Fault, InvalidData, NotFound
from enthesis.web.accounts.actions.invitations import make_link
from enthesis.web.accounts.actions.people import invite_person
from enthesis.web.accounts.actions.roles import give_role
from enthesis.web.accounts.models import Site, User
from enthesis.web.accounts.roles import Role
from enthesis.web.accounts.scope import acting_as_system


class Command(BaseCommand):
    """Make an account, give it a role, or make a link to choose its password."""

    help = "Make an account, give it a role, or make a link to choose its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The person, the role and where; without a name the account must exist."""
        parser.add_argument("--email", required=True)
        for name in ("name", "role", "site", "address"):
            parser.add_argument(f"--{name}", default="")

    def handle(self, *_: Any, email: str, address: str, **given: Any) -> None:
        """Do what was asked and show the link to hand over."""
        with acting_as_system("command-line"):
            person = self._person(email, **given)
            if address:
                self.stdout.write("Choose the password by this link; it works once, for three days:")
                self.stdout.write(address.rstrip("/") + make_link(person=person))

    def _person(self, email: str, *, name: str, role: str, site: str, **_: Any) -> User:
        if name:
            person = invite_person(email=email, name=name, role=_role(role), site=_site(site))
            self.stdout.write(f"{person} has an account as {_role(role).label}.")
            return person
        found = User.objects.filter(email__iexact=email).first()
        if found is None:
            raise NotFound("account", email, User.objects.values_list("email", flat=True))
        if role:
            give_role(person=found, role=_role(role), site=_site(site))
            self.stdout.write(f"{found} is {_role(role).label} at {site or 'every site'}.")
        return found


def _role(word: str) -> Role:
    if word not in list(Role):
        raise InvalidData(Fault(f"there is no role '{word}'.", "role", f"Write one of: {', '.join(Role)}."))
    return Role(word)


def _site(name: str) -> Site | None:
    if not name:
        return None
    site = Site.objects.filter(name__iexact=name).first()
    if site is None:
        raise NotFound("site", name, Site.objects.values_list("name", flat=True))
    return site
