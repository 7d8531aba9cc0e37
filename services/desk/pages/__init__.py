"""The pages at which staff work: sign-in, inbox, task, clients, operations, settings."""
