"""What programs are answered by the desk: the API, and the digests reminders asks for."""
