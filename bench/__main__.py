"""Runs every benchmark of this folder, or those named: ``python -m bench [NAME ...]``."""

import importlib
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(names: list[str]) -> None:
    """Each benchmark prints its own figures; one that cannot run says why and the others go on."""
    known = sorted(p.stem for p in FOLDER.glob("*.py") if not p.stem.startswith("_"))
    if unknown := set(names) - set(known):
        wrong, right = ", ".join(sorted(unknown)), ", ".join(known)
        raise SystemExit(f"No benchmark is called {wrong}; there are {right}.")
    for name in names or known:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").main()


main(sys.argv[1:])
