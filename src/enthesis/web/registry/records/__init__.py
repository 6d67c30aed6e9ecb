"""From rows to values of the domain, and from values to what a row stores."""
