"""The steps of the desk: what follows from an event heard and from what a person does."""
