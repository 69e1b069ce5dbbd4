"""The exit codes of every command (docs/reference/interface.md)."""

OK, ERRORS, USAGE, NO_ANSWER, FAULT = range(5)
