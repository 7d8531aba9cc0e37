"""The rules of the desk: who may hold a task, what a list shows, what a timeline says."""
