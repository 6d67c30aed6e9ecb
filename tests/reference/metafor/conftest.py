"""Prints how large the reference grids are, so that a shrunken one is seen."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line per property that a grid test recorded under "reference grid"."""
    lines = [
        text
        for report in terminalreporter.getreports("passed")
        for name, text in report.user_properties
        if name == "reference grid"
    ]
    if lines:
        terminalreporter.section("reference grids")
        for line in lines:
            terminalreporter.write_line(line)
