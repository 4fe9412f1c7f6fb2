"""Comments as cards have them: their place on the page and on the board, the replies that come by mail."""
