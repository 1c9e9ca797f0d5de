"""J – partnerskapets karaktär: structured data that make an agreement a purchase."""
