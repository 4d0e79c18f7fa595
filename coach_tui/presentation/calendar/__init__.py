"""The calendar as text: signs of its entries, a month's grid, a week's periods. Plain."""
