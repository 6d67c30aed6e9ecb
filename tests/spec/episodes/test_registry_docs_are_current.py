"""The pages of the registry's rules say what the rules say now."""

import subprocess
import sys
from pathlib import Path

from enthesis.domain.episodes import transitions

ROOT = Path(__file__).parents[3]


def test_generated_pages_are_current():
    script = ROOT / "scripts" / "docs_registry.py"
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_every_step_between_states_is_drawn():
    page = (ROOT / "docs/reference/registry/follow-up.md").read_text(encoding="utf-8")
    missing = [
        step
        for step in transitions()
        if f"{step.before.replace('-', '_')} --> {step.after.replace('-', '_')}: {step.cause}" not in page
    ]
    assert not missing
