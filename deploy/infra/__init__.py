"""What does an installation consist of: services, servers, containers, and the way in?"""
