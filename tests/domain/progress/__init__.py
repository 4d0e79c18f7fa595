"""Progress toward goals: the matrix, readiness, fidelity, and what follows from them."""
