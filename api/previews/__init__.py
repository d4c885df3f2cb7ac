"""What a link shows where it is shared: titles, Open Graph tags and a picture."""
