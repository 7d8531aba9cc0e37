"""What the desk keeps, looks up, and whom it asks; one module per word of the business.

Kinds are the documents its steps read and change; the Protocols are lists and requests, which only
the pages use.
"""
