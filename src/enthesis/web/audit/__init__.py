"""The audit trail: who created, changed, read or exported what, and who logged in; it can only grow.

Every entry carries the keyed hash of the one before it (the chain), the database itself refuses to change or
delete one, and the key is not in the database. Words of this room: *entry*, *chain*, *head*.
"""
