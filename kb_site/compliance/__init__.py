"""What the law asks a site to say of itself, made from data kept with the code and from the site's identity."""
