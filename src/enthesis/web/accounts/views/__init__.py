"""Views of accounts: parse, call, render."""
