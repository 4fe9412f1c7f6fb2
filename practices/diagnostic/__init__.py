"""Digital diagnostic: what people have and can do, without ever a name, and the practices that it makes feasible."""
