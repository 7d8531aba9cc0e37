"""What do the services, and the firm's other systems, say to each other?"""
