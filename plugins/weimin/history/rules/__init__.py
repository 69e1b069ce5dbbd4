"""The rules of family A over one step of the main branch."""
