"""iopdocs: Swedish IOP agreements from data to documents."""
