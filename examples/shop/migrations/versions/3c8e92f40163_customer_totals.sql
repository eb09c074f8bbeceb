-- customer totals
-- revision: 3c8e92f40163
-- down_revision: 2b7d81e3f052

-- limbeck: upgrade
CREATE VIEW customer_total AS
    SELECT customer.id, customer.name, sum(orders.total) AS total
    FROM customer JOIN orders ON orders.customer_id = customer.id
    GROUP BY customer.id, customer.name;

-- limbeck: downgrade
DROP VIEW customer_total;
