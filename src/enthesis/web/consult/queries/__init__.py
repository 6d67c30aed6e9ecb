"""Reads of kept consultations, overrides and similar patients."""
