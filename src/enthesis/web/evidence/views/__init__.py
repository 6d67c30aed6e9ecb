"""One file per kind of page: parse the address, call the presenter, render."""
