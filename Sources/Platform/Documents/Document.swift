// The first file of the room; documents follow.
