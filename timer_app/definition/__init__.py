"""What an author wrote: the session definition, its reading, its writing and the library of them."""
