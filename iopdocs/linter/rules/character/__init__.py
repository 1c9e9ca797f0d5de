"""J – partnerskapets karaktär: what makes an agreement a purchase, told by structured data."""
