"""How is a service joined to NATS: events in and out, requests and replies?"""
