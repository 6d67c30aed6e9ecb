"""Views of the registry: parse, call, render."""
