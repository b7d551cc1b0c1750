-- An import marks a customer once for each of its files and pieces: whoever is brought up to date loses all the marks.
create index standing_stale_by_customer on standing_stale (customer_no);
