"""Backups: a copy of the database that is whole, proves what it holds, and is tried before it is needed.

A backup is one zip: the manifest, the data, and, only when asked for, the keys locked by a passphrase.
Words of this room: *manifest*, *digest* (hash of a table's rows), *parcel* (locked keys), *drill* (restore
elsewhere and compare).
"""
