"""A year of a firm, invented, and a small statement of what stands in it at any instant."""
