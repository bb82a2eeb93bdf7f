"""Parts of the map as PNG, SVG, GeoPDF and GeoTIFF."""
