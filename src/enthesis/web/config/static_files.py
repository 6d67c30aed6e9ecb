"""Styles and scripts collected once into the data folder, under names that carry their content's hash."""

import hashlib
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from whitenoise.compress import Compressor  # type: ignore[import-untyped]
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped]

from enthesis.errors import Fault, InvalidData

__all__ = ["REPORT_STYLES", "GzippedStorage", "edition_of_static", "prepare_static"]

PACKAGE = Path(__file__).parents[2]
# Tables that reports and pages share are styled where they are made.
REPORT_STYLES = PACKAGE / "report" / "grade" / "static"
# The second of two viewers that django-ninja brings; only the first is served.
UNUSED = ["redoc*"]


class GzippedStorage(CompressedManifestStaticFilesStorage):
    """Hashed names and gzip only: Brotli's strongest level would hold up the first start for a minute."""

    def create_compressor(self, **options: Any) -> Compressor:
        """A compressor without Brotli."""
        return Compressor(use_brotli=False, **options)


def edition_of_static() -> str:
    """Fingerprint of everything that will be collected: our own files and those of the interface's pages."""
    digest = hashlib.sha256("".join(map(version, ("django-ninja", "django-allauth"))).encode())
    for path in sorted((*PACKAGE.glob("web/*/static/**/*"), *REPORT_STYLES.rglob("*"))):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def prepare_static() -> Path:
    """Folder of the collected files; made when missing, and safe when several processes start at once.

    Raises:
        InvalidData: The data folder cannot be written; says what to set.
    """
    root = Path(settings.STATIC_ROOT)
    if root.exists():
        return root
    draft = _draft_beside(root)
    _collect(draft)
    try:
        draft.rename(root)
    except OSError:  # another process was first
        shutil.rmtree(draft, ignore_errors=True)
    _remove_older(root)
    return root


def _draft_beside(root: Path) -> Path:
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix="draft-", dir=root.parent))
    except OSError as error:
        repair = "Set ENTHESIS_DATA_DIR to a folder that can be written."
        raise InvalidData(
            Fault(f"files cannot be collected ({error.strerror}).", str(root.parent), repair)
        ) from None


def _collect(folder: Path) -> None:
    storage = GzippedStorage(location=folder, base_url=settings.STATIC_URL)
    found = {}
    for finder in get_finders():
        for name, source in finder.list(ignore_patterns=UNUSED):
            if name not in found:
                found[name] = (storage, name)
                with source.open(name) as file:
                    storage.save(name, file)
    for _, _, processed in storage.post_process(found):
        if isinstance(processed, Exception):
            raise processed


def _remove_older(root: Path) -> None:
    for other in root.parent.iterdir():
        if other != root and not other.name.startswith("draft-"):
            shutil.rmtree(other, ignore_errors=True)
