"""What is held against the records: one file per family, a registry, a runner."""
