"""The same as data: a versioned interface with its description, for programs.

Objects are those of ``enthesis.report`` and of the command line; keys are stable, new ones may come.
"""
