"""The history of the main branch: read from Git, replayed against the rules of the trail, and stored for builds."""
