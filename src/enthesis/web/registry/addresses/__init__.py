"""Addresses of the clinic, one file for each part."""
