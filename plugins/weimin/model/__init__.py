"""Values: frozen, no I/O, no logic beyond derived properties."""
