==== ddl_hooks.py
### listeners
-- sqlite
SELECT 1;
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
SELECT 2;
SELECT 'done';
-- postgresql
CREATE EXTENSION x;
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TRIGGER a_t ON a;
SELECT 2;
SELECT 'done';
-- mysql
SELECT 1;
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
SELECT 2;
SELECT 'done';
### own_element
-- sqlite
CREATE TABLE t (
    id INTEGER NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE VIEW v AS SELECT t.id
FROM t
WHERE t.x = 5;
-- postgresql
CREATE TABLE t (
    id SERIAL NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE VIEW v AS SELECT t.id
FROM t
WHERE t.x = 5;
-- mysql
CREATE TABLE t (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE VIEW v AS SELECT t.id
FROM t
WHERE t.x = 5;
### compiled_elements
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    name VARCHAR(5) NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX ix_a_name ON a (name) /* a */;
CREATE TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    name VARCHAR(5) NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_name ON a (name) /* a */;
CREATE TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(5) NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_name ON a (name) /* a */;
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### unlogged
-- sqlite
CREATE TABLE c (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE UNLOGGED TABLE c (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE c (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
