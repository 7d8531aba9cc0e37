"""The six services of the firm, one folder each, all of one shape."""
