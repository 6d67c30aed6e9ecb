"""Enthesis: what works and what does not in regenerative injections, and how sure we are."""

__version__ = "0.1.0"
