"""Roles and what each may do: one table, read by people and program alike."""

from enum import StrEnum

__all__ = ["INSTALLATION_WIDE", "PERMISSIONS", "PERMISSION_WORDS", "Permission", "Role", "roles_with"]


class Role(StrEnum):
    """What a person is at a site."""

    PHYSICIAN = "physician"
    COORDINATOR = "coordinator"
    REGISTRY_LEAD = "registry-lead"
    CURATOR = "curator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """Words for a page."""
        return WORDS[self]


WORDS = {
    Role.PHYSICIAN: "physician",
    Role.COORDINATOR: "nurse or coordinator",
    Role.REGISTRY_LEAD: "registry lead",
    Role.CURATOR: "evidence curator",
    Role.AUDITOR: "auditor",
    Role.ADMINISTRATOR: "administrator",
}


class Permission(StrEnum):
    """One thing somebody may or may not do."""

    READ_RECORD = "read-record"  # rows of patients, without names
    READ_IDENTITY = "read-identity"  # names, birth dates, telephone numbers
    WRITE_RECORD = "write-record"
    SIGN = "sign"
    CONSULT = "consult"
    CHASE = "chase"
    READ_COMPLETENESS = "read-completeness"
    ASK_QUERY = "ask-query"
    ANSWER_QUERY = "answer-query"
    ADJUDICATE = "adjudicate"
    EDIT_PROTOCOL = "edit-protocol"
    EXPORT = "export"
    ERASE = "erase"
    CURATE_EVIDENCE = "curate-evidence"
    READ_AUDIT = "read-audit"
    MANAGE_ACCOUNTS = "manage-accounts"


P = Permission
# What a page says a role may do, in the order of a day's work.
PERMISSION_WORDS = {
    P.READ_IDENTITY: "see names, birth dates and telephone numbers",
    P.READ_RECORD: "read records of patients, without names where the line above is not ticked",
    P.WRITE_RECORD: "record patients, episodes, products and injections",
    P.SIGN: "sign a record",
    P.CONSULT: "work through a consultation",
    P.CHASE: "chase follow-up: call, write, note why somebody is lost",
    P.READ_COMPLETENESS: "see how complete follow-up is",
    P.ASK_QUERY: "ask a site about a value",
    P.ANSWER_QUERY: "answer such a question",
    P.ADJUDICATE: "judge adverse events",
    P.EDIT_PROTOCOL: "change the follow-up protocol",
    P.EXPORT: "export data",
    P.ERASE: "erase a patient on request",
    P.CURATE_EVIDENCE: "curate the evidence",
    P.READ_AUDIT: "read the audit trail",
    P.MANAGE_ACCOUNTS: "manage people, roles and sites",
}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PHYSICIAN: frozenset(
        {
            P.READ_RECORD,
            P.READ_IDENTITY,
            P.WRITE_RECORD,
            P.SIGN,
            P.CONSULT,
            P.CHASE,
            P.READ_COMPLETENESS,
            P.ANSWER_QUERY,
            P.EXPORT,
            P.ERASE,
        }
    ),
    Role.COORDINATOR: frozenset(
        {P.READ_RECORD, P.READ_IDENTITY, P.WRITE_RECORD, P.CHASE, P.READ_COMPLETENESS, P.ANSWER_QUERY}
    ),
    # The lead pools and judges without knowing names.
    Role.REGISTRY_LEAD: frozenset(
        {P.READ_RECORD, P.READ_COMPLETENESS, P.ASK_QUERY, P.ADJUDICATE, P.EDIT_PROTOCOL, P.EXPORT}
    ),
    Role.CURATOR: frozenset({P.CURATE_EVIDENCE}),
    Role.AUDITOR: frozenset({P.READ_AUDIT, P.READ_COMPLETENESS}),
    Role.ADMINISTRATOR: frozenset({P.MANAGE_ACCOUNTS}),
}

# These may be held for the whole installation; those who meet patients belong to their sites.
INSTALLATION_WIDE = frozenset({Role.REGISTRY_LEAD, Role.CURATOR, Role.AUDITOR, Role.ADMINISTRATOR})


def roles_with(permission: Permission) -> tuple[Role, ...]:
    """Roles that hold a permission, for a page that says who to ask."""
    return tuple(role for role, held in PERMISSIONS.items() if permission in held)
