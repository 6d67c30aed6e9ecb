"""The only place that changes accounts, sites and roles; every change is atomic and written down."""
