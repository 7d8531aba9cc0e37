"""The five services of the firm, one folder each, all of one shape."""
