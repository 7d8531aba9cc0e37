"""What people and programs see of the desk: so far, its API."""
