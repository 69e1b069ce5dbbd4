"""The outside: files, Git, store, workers, clock."""
