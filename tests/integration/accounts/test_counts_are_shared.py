"""Wrong one-time codes are counted in the database: what one worker process saw, every other knows."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache

# A worker of its own: it tries wrong codes for one person and says what each answer told.
WORKER = """
import json, sys
import django
django.setup()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from django.core.management import call_command
from django.test import Client
from enthesis.web.config.static_files import prepare_static
call_command("migrate", verbosity=0)
prepare_static()
from allauth.mfa.totp.internal.auth import TOTP
from enthesis.web.accounts.models import User
user = User.objects.filter(email="made.up@example.org").first()
if user is None:
    user = User.objects.create_user("made.up@example.org", "a long sentence nobody uses", name="Made-up")
    TOTP.activate(user, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
client = Client(SERVER_NAME="localhost", REMOTE_ADDR="127.0.0.1")
client.post("/account/login/", {"login": user.email, "password": "a long sentence nobody uses"})
def answer():
    page = client.post("/account/second-factor/log-in/", {"code": "abcdef"}).content.decode()
    return "stopped" if "Too many failed" in page else "wrong" if "Incorrect code" in page else page
print(json.dumps([answer() for _ in range(3)]))
"""


def test_the_counts_are_kept_in_the_database() -> None:
    assert isinstance(cache._connections["default"], DatabaseCache)
    assert settings.CACHES["default"]["LOCATION"] == "enthesis_cache"


def test_two_processes_count_wrong_codes_together(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "ENTHESIS_DATABASE_URL"} | {
        "ENTHESIS_DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "enthesis.web.config.settings",
    }
    told = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", WORKER],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=120,
            ).stdout.splitlines()[-1]
        )
        for _ in range(2)
    ]
    assert told == [["wrong"] * 3, ["wrong", "wrong", "stopped"]]
