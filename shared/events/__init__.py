"""How do events reach a service, and how do its own leave it?"""
