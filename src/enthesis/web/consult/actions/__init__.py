"""The only places that write consultations, overrides and kept aids."""
