"""One module per command, with `arguments(parser)` and `run(args) -> exit code`; imported only when its command runs."""
