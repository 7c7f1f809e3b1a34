"""Finding: queries, engines and answers."""
