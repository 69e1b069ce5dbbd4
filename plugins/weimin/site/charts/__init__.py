"""Pictures of data: where each shape stands, its words and the table of the same numbers; a template draws them."""
