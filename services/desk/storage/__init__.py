"""How the desk's documents are kept, and its lists read, on MongoDB; one module per word.

Every list stands beside the index it is read by.
"""
