"""`weimin audit` and `weimin redact`: checks the history of the main branch, and rewrites it in the one lawful case."""
