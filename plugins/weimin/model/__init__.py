"""Value types that all rooms share: frozen, without I/O, without logic beyond derived properties."""
