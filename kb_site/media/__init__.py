"""Images and documents of the site: freed of what they tell of their maker, and given to those who may see them."""
