"""The command line: arguments, progress, error messages and exit codes."""
