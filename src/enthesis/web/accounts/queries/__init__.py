"""Reads of accounts, sites and the audit trail."""
