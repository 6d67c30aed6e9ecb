"""Benchmarks: figures and ratios, printed and never judged. ``make bench`` runs them all."""
