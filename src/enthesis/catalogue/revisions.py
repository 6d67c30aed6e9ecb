"""The catalogue as it stood at a revision of git, where this program runs from a checkout."""

import io
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from enthesis.catalogue.files import SHIPPED
from enthesis.errors import Fault, InvalidData, NotAllowed

__all__ = ["catalogue_at"]

SECONDS = 60


@contextmanager
def catalogue_at(revision: str, root: Path = SHIPPED) -> Iterator[Path]:
    """A temporary folder with the data files of the catalogue at a revision.

    Raises:
        NotAllowed: git is not installed, or the catalogue lies in no checkout.
        InvalidData: git knows no such revision, or there was no catalogue then.
    """
    git = shutil.which("git")
    if git is None:
        raise NotAllowed("git is not installed, so no revision of the catalogue can be read.")
    top = Path(_asked(git, root, "rev-parse", "--show-toplevel").decode().strip())
    inside = root.resolve().relative_to(top.resolve()).as_posix()
    if revision.startswith("-"):
        raise InvalidData(Fault(f"'{revision}' is no revision.", "revision"))
    packed = _asked(
        git, top, "archive", "--format=tar", revision, "--", inside, said=f"revision '{revision}'"
    )
    with TemporaryDirectory() as made:
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(made, filter="data")
        yield Path(made) / inside


def _asked(git: str, folder: Path, *words: str, said: str = "") -> bytes:
    done = subprocess.run(  # noqa: S603  (git itself, with words that are no options)
        [git, "-C", str(folder), *words], capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode == 0:
        return done.stdout
    if said:
        told = done.stderr.decode(errors="replace").strip()
        raise InvalidData(Fault(f"The catalogue cannot be read at {said}: {told}", "revision"))
    raise NotAllowed(f"{folder} lies in no git checkout, so no revision of the catalogue can be read.")
