# A bare `make` lists the tasks. Windows: python scripts\tasks.py TASK does the same.
PYTHON ?= python3
TASKS := run test long postgresql check bench docs lock

.PHONY: help $(TASKS)
help:
	@$(PYTHON) scripts/tasks.py help

$(TASKS):
	@$(PYTHON) scripts/tasks.py $@ $(ARGS)
