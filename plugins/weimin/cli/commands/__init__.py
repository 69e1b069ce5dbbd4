"""One module per command: `HELP`, `arguments(parser)` and `run(args) -> exit code`. Imported only when asked for."""
