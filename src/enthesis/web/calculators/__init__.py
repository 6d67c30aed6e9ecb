"""Calculators that anyone may use without an account: what is in a syringe, a score, a threshold.

Owns the words *field* (one box of a form with its unit), *question* (one item of an instrument on a screen)
and *answer* (what follows from what was typed). Nothing typed is stored: a form is its own address.
``present`` turns domain values into what a template shows; views only parse, call and render.
"""
