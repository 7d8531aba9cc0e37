"""How do the servers and services run on one machine without any installation?"""
