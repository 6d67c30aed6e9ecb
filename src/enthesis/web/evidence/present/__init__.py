"""From answers to what a template shows: pure functions that give frozen values made of words and places.

Templates hold no reasoning: whatever is chosen, counted, rounded or worded is done here or in ``report``.
"""
