"""What tests are built from: records as text and as values, registers, repositories, the demo."""
