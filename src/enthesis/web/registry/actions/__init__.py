"""The only place that writes to the registry; every change is atomic and written down."""
