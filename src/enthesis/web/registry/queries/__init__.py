"""Reads of the registry, inside the scope of who asks."""
