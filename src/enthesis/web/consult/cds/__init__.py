"""CDS Hooks 2.0: discovery, two services, feedback. Spec: cds-hooks.hl7.org/2.0"""
