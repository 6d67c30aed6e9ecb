"""Prints how long the catalogue takes to load: first time, warm, and with twenty times as many files.

python bench/catalogue.py

Best of several runs in one process, files warm on disk. "First" reads, checks and remembers every file;
"warm" takes unchanged files from the cache. The interpreter and its imports are not counted.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple

import yaml

from enthesis.catalogue import check, load
from enthesis.catalogue.files import SHIPPED

TIMES = 20


def main() -> None:
    """Measure in a cache folder of our own, so that the user's cache neither helps nor suffers."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = str(Path(folder) / "cache")
        files = sum(1 for kind in ("studies", "reviews") for _ in SHIPPED.glob(f"{kind}/*.yaml"))
        print(f"catalogue, {files} files                 wall s    CPU s")
        first = _show("first load: parsed, checked", _first(SHIPPED, 3))
        warm = _show("warm load", _best(lambda: load(), 5))
        _show("warm load, one file changed", _one_changed(Path(folder)))
        _show("full check, with warnings", _best(lambda: check(), 2))
        _show("PyYAML's C loader alone", _best(_plain, 3))
        many = _many(Path(folder) / "many")
        print(f"{TIMES} times the files ({TIMES * files})")
        _show("first load", _first(many, 1), first)
        _show("warm load", _best(lambda: load(many), 3), warm)


class Seconds(NamedTuple):
    """Least time on the clock, and least time of the processor, which other programs do not lengthen."""

    wall: float
    cpu: float


def _show(what: str, took: Seconds, before: Seconds | None = None) -> Seconds:
    ratio = f"   {took.cpu / before.cpu:.1f} times the CPU" if before else ""
    print(f"  {what:32} {took.wall:8.3f} {took.cpu:8.3f}{ratio}")
    return took


def _best(action: Callable[[], object], runs: int) -> Seconds:
    taken = []
    for _ in range(runs):
        wall, cpu = perf_counter(), process_time()
        action()
        taken.append((perf_counter() - wall, process_time() - cpu))
    return Seconds(min(wall for wall, _ in taken), min(cpu for _, cpu in taken))


def _first(root: Path, runs: int) -> Seconds:
    def load_anew() -> None:
        shutil.rmtree(os.environ["XDG_CACHE_HOME"], ignore_errors=True)
        load(root)

    return _best(load_anew, runs)


def _one_changed(folder: Path) -> Seconds:
    """Time of a load after one study was edited, every other file being known."""
    copy = folder / "copy"
    shutil.copytree(SHIPPED, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    load(copy)
    study = copy / "studies" / "bennell-2021.yaml"
    study.write_text(study.read_text(encoding="utf-8") + "# looked at\n", encoding="utf-8")
    return _best(lambda: load(copy), 1)


def _many(folder: Path) -> Path:
    """The shipped files repeated under new names, each with a DOI and links of its own."""
    for kind in ("studies", "reviews"):
        (folder / kind).mkdir(parents=True)
        for path in SHIPPED.glob(f"{kind}/*.yaml"):
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            for turn in range(TIMES):
                (folder / kind / f"{path.stem}-{turn}.yaml").write_text(
                    "".join(_renamed(line, turn) for line in lines), encoding="utf-8"
                )
    shutil.copy(SHIPPED / "vocabulary.yaml", folder)
    return folder


def _renamed(line: str, turn: int) -> str:
    if line.startswith(("id: ", "doi: ")):
        return f"{line.rstrip()}-{turn}\n"
    if line.startswith("same_trial_as: ["):
        inside = line.partition("[")[2].partition("]")[0]
        names = [f"{name.strip()}-{turn}" for name in inside.split(",") if name.strip()]
        return f"same_trial_as: [{', '.join(names)}]\n"
    return line


def _plain() -> None:
    for kind in ("studies", "reviews"):
        for path in SHIPPED.glob(f"{kind}/*.yaml"):
            yaml.load(path.read_bytes(), yaml.CSafeLoader)


if __name__ == "__main__":
    main()
