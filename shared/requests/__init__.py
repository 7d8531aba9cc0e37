"""What may be asked of a service directly, and who answers?"""
