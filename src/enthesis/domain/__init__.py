"""The mission in code: medicine as frozen values and pure functions. No web, no files, no clock."""
