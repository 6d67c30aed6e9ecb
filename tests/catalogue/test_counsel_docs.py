"""The page of decision aids is the one the data make."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_decision_aids_is_current():
    done = subprocess.run([sys.executable, ROOT / "scripts/docs_counsel.py", "--check"], cwd=ROOT)
    assert done.returncode == 0, "run scripts/docs_counsel.py"
