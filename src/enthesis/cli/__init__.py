"""The command line: one file per command, thin over the domain; errors become a sentence and an exit code."""

from enthesis.cli.app import main

__all__ = ["main"]
