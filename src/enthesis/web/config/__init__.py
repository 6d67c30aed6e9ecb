"""How the site is set up: environment, settings, security headers, logs, static files, and the page shell.

Owns the words *environment* (what the operator may set), *data folder* (where a laptop keeps what it must
not lose) and *shell* (header, footer, styles and error pages that every room shares).
"""
