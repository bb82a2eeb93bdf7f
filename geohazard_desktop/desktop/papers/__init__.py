"""What leaves the office: products, queue, results, the issue register."""
