"""How is a service's state read and written, a batch at a time?"""
