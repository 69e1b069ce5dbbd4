"""Charts: the position of each shape, the text and the table of the same numbers; a template draws them."""
