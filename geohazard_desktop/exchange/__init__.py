"""What others send: reading their files, settling encoding, coordinates and fields, and one import step from it."""
