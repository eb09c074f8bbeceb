==== classic.py
### basic
-- sqlite
CREATE TABLE users (
    id INTEGER NOT NULL,
    name VARCHAR(50) NOT NULL,
    email VARCHAR(120),
    bio TEXT,
    created DATETIME DEFAULT CURRENT_TIMESTAMP,
    active BOOLEAN DEFAULT 1 NOT NULL,
    score FLOAT,
    price NUMERIC(10, 2),
    PRIMARY KEY (id),
    UNIQUE (email)
);
CREATE UNIQUE INDEX ix_users_name ON users (name);
CREATE TABLE posts (
    id INTEGER NOT NULL,
    title VARCHAR(100),
    author_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(author_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_posts_author_id ON posts (author_id);
-- postgresql
CREATE TABLE users (
    id SERIAL NOT NULL,
    name VARCHAR(50) NOT NULL,
    email VARCHAR(120),
    bio TEXT,
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now(),
    active BOOLEAN DEFAULT true NOT NULL,
    score FLOAT,
    price NUMERIC(10, 2),
    PRIMARY KEY (id),
    UNIQUE (email)
);
CREATE UNIQUE INDEX ix_users_name ON users (name);
CREATE TABLE posts (
    id SERIAL NOT NULL,
    title VARCHAR(100),
    author_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(author_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_posts_author_id ON posts (author_id);
-- mysql
CREATE TABLE users (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(50) NOT NULL,
    email VARCHAR(120),
    bio TEXT,
    created DATETIME DEFAULT now(),
    active BOOL NOT NULL DEFAULT true,
    score FLOAT,
    price NUMERIC(10, 2),
    PRIMARY KEY (id),
    UNIQUE (email)
);
CREATE UNIQUE INDEX ix_users_name ON users (name);
CREATE TABLE posts (
    id INTEGER NOT NULL AUTO_INCREMENT,
    title VARCHAR(100),
    author_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(author_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX ix_posts_author_id ON posts (author_id);
### old_base_kinds
-- sqlite
CREATE TABLE apple (
    color VARCHAR(7),
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE apple (
    color VARCHAR(7),
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE apple (
    color VARCHAR(7),
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### as_declarative
-- sqlite
CREATE TABLE pear (
    x INTEGER,
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE pear (
    x INTEGER,
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE pear (
    x INTEGER,
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### metadata_given
-- sqlite
CREATE TABLE mm.a (
    id INTEGER NOT NULL,
    CONSTRAINT pk_a PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE mm.a (
    id SERIAL NOT NULL,
    CONSTRAINT pk_a PRIMARY KEY (id)
);
-- mysql
CREATE TABLE mm.a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    CONSTRAINT pk_a PRIMARY KEY (id)
);
### metaclass_given
-- sqlite
CREATE TABLE a_t (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a_t (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a_t (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### mixins
-- sqlite
CREATE TABLE owner (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE thing (
    id INTEGER NOT NULL,
    name VARCHAR(5),
    created_at DATETIME NOT NULL,
    updated_at DATETIME,
    deleted BOOLEAN,
    owner_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES owner (id)
);
-- postgresql
CREATE TABLE owner (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE thing (
    id SERIAL NOT NULL,
    name VARCHAR(5),
    created_at TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    updated_at TIMESTAMP WITHOUT TIME ZONE,
    deleted BOOLEAN,
    owner_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES owner (id)
);
-- mysql
CREATE TABLE owner (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE thing (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(5),
    created_at DATETIME NOT NULL,
    updated_at DATETIME,
    deleted BOOL,
    owner_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(owner_id) REFERENCES owner (id)
);
### mixin_abstract_order
-- sqlite
CREATE TABLE a (
    x INTEGER,
    updated DATETIME,
    id INTEGER NOT NULL,
    created DATETIME,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    x INTEGER,
    updated TIMESTAMP WITHOUT TIME ZONE,
    id SERIAL NOT NULL,
    created TIMESTAMP WITHOUT TIME ZONE,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    x INTEGER,
    updated DATETIME,
    id INTEGER NOT NULL AUTO_INCREMENT,
    created DATETIME,
    PRIMARY KEY (id)
);
### order
-- sqlite
CREATE TABLE a (
    z INTEGER,
    y INTEGER NOT NULL,
    x INTEGER,
    PRIMARY KEY (y)
);
-- postgresql
CREATE TABLE a (
    z INTEGER,
    y SERIAL NOT NULL,
    x INTEGER,
    PRIMARY KEY (y)
);
-- mysql
CREATE TABLE a (
    z INTEGER,
    y INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER,
    PRIMARY KEY (y)
);
### table_args_inherited
-- sqlite
CREATE TABLE s.a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE s.b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (id)
);
-- postgresql
CREATE TABLE s.a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE s.b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (id)
);
-- mysql
CREATE TABLE s.a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
)ENGINE=InnoDB;
CREATE TABLE s.b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id),
    UNIQUE (id)
)ENGINE=InnoDB;
### table_args_declared
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_t ON a (t);
CREATE TABLE b (
    id INTEGER NOT NULL,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_b_t ON b (t);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_t ON a (t);
CREATE TABLE b (
    id SERIAL NOT NULL,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_b_t ON b (t);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_t ON a (t);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    t INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_b_t ON b (t);
### mixin_index_by_attribute
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    t VARCHAR(3),
    PRIMARY KEY (id),
    CONSTRAINT uq_a UNIQUE (t)
);
CREATE INDEX ix_a_lower ON a (lower(t));
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    t VARCHAR(3),
    PRIMARY KEY (id),
    CONSTRAINT uq_a UNIQUE (t)
);
CREATE INDEX ix_a_lower ON a (lower(t));
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    t VARCHAR(3),
    PRIMARY KEY (id),
    CONSTRAINT uq_a UNIQUE (t)
);
CREATE INDEX ix_a_lower ON a ((lower(t)));
### index_in_body
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    name VARCHAR(30),
    other VARCHAR(30),
    PRIMARY KEY (id)
);
CREATE INDEX ix_body ON a (name, other);
CREATE INDEX ix_body2 ON a (other);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    name VARCHAR(30),
    other VARCHAR(30),
    PRIMARY KEY (id)
);
CREATE INDEX ix_body ON a (name, other);
CREATE INDEX ix_body2 ON a (other);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(30),
    other VARCHAR(30),
    PRIMARY KEY (id)
);
CREATE INDEX ix_body ON a (name, other);
CREATE INDEX ix_body2 ON a (other);
### self_reference
-- sqlite
CREATE TABLE node (
    id INTEGER NOT NULL,
    parent_id INTEGER,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES node (id),
    FOREIGN KEY(other_id) REFERENCES node (id)
);
-- postgresql
CREATE TABLE node (
    id SERIAL NOT NULL,
    parent_id INTEGER,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES node (id),
    FOREIGN KEY(other_id) REFERENCES node (id)
);
-- mysql
CREATE TABLE node (
    id INTEGER NOT NULL AUTO_INCREMENT,
    parent_id INTEGER,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(parent_id) REFERENCES node (id),
    FOREIGN KEY(other_id) REFERENCES node (id)
);
### circle
-- sqlite
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_ba FOREIGN KEY(a_id) REFERENCES a (id)
);
CREATE TABLE a (
    id INTEGER NOT NULL,
    b_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id)
);
-- postgresql
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE a (
    id SERIAL NOT NULL,
    b_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id)
);
ALTER TABLE b ADD CONSTRAINT fk_ba FOREIGN KEY(a_id) REFERENCES a (id);
-- mysql
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    b_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id)
);
ALTER TABLE b ADD CONSTRAINT fk_ba FOREIGN KEY(a_id) REFERENCES a (id);
### use_alter_constraint
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    b_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    b_id INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
ALTER TABLE a ADD CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    b_id INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
ALTER TABLE a ADD CONSTRAINT fk_ab FOREIGN KEY(b_id) REFERENCES b (id);
### enums
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    s VARCHAR(4) NOT NULL,
    t VARCHAR(1),
    u VARCHAR(1),
    v VARCHAR(4),
    w VARCHAR(3),
    PRIMARY KEY (id),
    CONSTRAINT ck_v CHECK (v IN ('new', 'done'))
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    s VARCHAR(4),
    arr JSON,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TYPE status AS ENUM ('new', 'done');
CREATE TYPE xy AS ENUM ('x', 'y');
CREATE TYPE status_values AS ENUM ('n', 'd');
CREATE TABLE a (
    id SERIAL NOT NULL,
    s status NOT NULL,
    t xy,
    u status_values,
    v VARCHAR(4),
    w pq,
    PRIMARY KEY (id),
    CONSTRAINT ck_v CHECK (v IN ('new', 'done'))
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    s status,
    arr status[],
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    s ENUM('new','done') NOT NULL,
    t ENUM('x','y'),
    u ENUM('n','d'),
    v VARCHAR(4),
    w VARCHAR(3),
    PRIMARY KEY (id),
    CONSTRAINT ck_v CHECK (v IN ('new', 'done'))
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    s ENUM('new','done'),
    arr JSON,
    PRIMARY KEY (id)
);
### enum_metadata_and_schema
-- sqlite
CREATE TABLE tbl.a (
    id INTEGER NOT NULL,
    s VARCHAR(1),
    t VARCHAR(1),
    u VARCHAR(1),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TYPE ab AS ENUM ('a', 'b');
CREATE TYPE other.ab2 AS ENUM ('a', 'b');
CREATE TYPE tbl.ab3 AS ENUM ('c');
CREATE TABLE tbl.a (
    id SERIAL NOT NULL,
    s ab,
    t other.ab2,
    u tbl.ab3,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE tbl.a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    s ENUM('a','b'),
    t ENUM('a','b'),
    u ENUM('c'),
    PRIMARY KEY (id)
);
### sequences
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n INTEGER,
    o INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE SEQUENCE a_id_seq INCREMENT BY 2 START WITH 5;
CREATE SEQUENCE alone_seq START WITH 100;
CREATE TABLE a (
    id INTEGER NOT NULL,
    n INTEGER,
    o INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n INTEGER,
    o INTEGER,
    PRIMARY KEY (id)
);
### types
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    j JSON,
    jb JSON,
    u VARCHAR(36),
    b BLOB,
    d DATE,
    md JSON,
    ml JSON,
    si SMALLINT,
    un VARCHAR(20),
    m TEXT,
    ex DATETIME,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id BIGSERIAL NOT NULL,
    j JSON,
    jb JSONB,
    u UUID,
    b BYTEA,
    d DATE,
    md JSON,
    ml JSON,
    si SMALLINT,
    un VARCHAR(20),
    m TEXT,
    ex TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id BIGINT NOT NULL AUTO_INCREMENT,
    j JSON,
    jb JSON,
    u VARCHAR(36),
    b BLOB,
    d DATE,
    md JSON,
    ml JSON,
    si SMALLINT,
    un VARCHAR(20),
    m MEDIUMTEXT,
    ex DATETIME,
    PRIMARY KEY (id)
);
### decorators
-- sqlite
CREATE TABLE a (
    id CHAR(36) NOT NULL,
    m NUMERIC(12, 2),
    p POINT(4326),
    q POINT(7),
    t DATETIME NOT NULL,
    parent CHAR(36),
    PRIMARY KEY (id),
    FOREIGN KEY(parent) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id UUID NOT NULL,
    m NUMERIC(12, 2),
    p POINT(4326),
    q POINT(7),
    t TIMESTAMP WITH TIME ZONE NOT NULL,
    parent UUID,
    PRIMARY KEY (id),
    FOREIGN KEY(parent) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id CHAR(36) NOT NULL,
    m NUMERIC(12, 2),
    p POINT(4326),
    q POINT(7),
    t DATETIME NOT NULL,
    parent CHAR(36),
    PRIMARY KEY (id),
    FOREIGN KEY(parent) REFERENCES a (id)
);
### hybrids
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    first VARCHAR(5),
    last VARCHAR(5),
    secret VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE INDEX ix_hyb ON a (first || last);
CREATE TABLE item (
    id INTEGER NOT NULL,
    a_id INTEGER,
    pos INTEGER,
    name VARCHAR(3),
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    first VARCHAR(5),
    last VARCHAR(5),
    secret VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE INDEX ix_hyb ON a ((first || last));
CREATE TABLE item (
    id SERIAL NOT NULL,
    a_id INTEGER,
    pos INTEGER,
    name VARCHAR(3),
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    first VARCHAR(5),
    last VARCHAR(5),
    secret VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE INDEX ix_hyb ON a ((concat(first, last)));
CREATE TABLE item (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    pos INTEGER,
    name VARCHAR(3),
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
### single_table_old
-- sqlite
CREATE TABLE person (
    id INTEGER NOT NULL,
    kind VARCHAR(10) NOT NULL,
    wage INTEGER,
    bonus INTEGER,
    boss_of INTEGER,
    PRIMARY KEY (id),
    UNIQUE (bonus),
    FOREIGN KEY(boss_of) REFERENCES person (id)
);
-- postgresql
CREATE TABLE person (
    id SERIAL NOT NULL,
    kind VARCHAR(10) NOT NULL,
    wage INTEGER,
    bonus INTEGER,
    boss_of INTEGER,
    PRIMARY KEY (id),
    UNIQUE (bonus),
    FOREIGN KEY(boss_of) REFERENCES person (id)
);
-- mysql
CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    kind VARCHAR(10) NOT NULL,
    wage INTEGER,
    bonus INTEGER,
    boss_of INTEGER,
    PRIMARY KEY (id),
    UNIQUE (bonus),
    FOREIGN KEY(boss_of) REFERENCES person (id)
);
### single_declared_shared
-- sqlite
CREATE TABLE person (
    id INTEGER NOT NULL,
    kind VARCHAR(10),
    wage INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE person (
    id SERIAL NOT NULL,
    kind VARCHAR(10),
    wage INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    kind VARCHAR(10),
    wage INTEGER,
    PRIMARY KEY (id)
);
### joined_old
-- sqlite
CREATE TABLE person (
    id INTEGER NOT NULL,
    kind VARCHAR(10),
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    wage INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
-- postgresql
CREATE TABLE person (
    id SERIAL NOT NULL,
    kind VARCHAR(10),
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    wage INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
-- mysql
CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    kind VARCHAR(10),
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    wage INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
### joined_mixin_columns
-- sqlite
CREATE TABLE person (
    id INTEGER NOT NULL,
    made DATETIME,
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
-- postgresql
CREATE TABLE person (
    id SERIAL NOT NULL,
    made TIMESTAMP WITHOUT TIME ZONE,
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
-- mysql
CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    made DATETIME,
    PRIMARY KEY (id)
);
CREATE TABLE worker (
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES person (id)
);
### mixin_has_inherited
-- sqlite
CREATE TABLE person (
    id INTEGER NOT NULL,
    kind VARCHAR(3),
    wage INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE person (
    id SERIAL NOT NULL,
    kind VARCHAR(3),
    wage INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE person (
    id INTEGER NOT NULL AUTO_INCREMENT,
    kind VARCHAR(3),
    wage INTEGER,
    PRIMARY KEY (id)
);
### concrete_base
-- sqlite
CREATE TABLE emp (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE man (
    id INTEGER NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE emp (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE man (
    id SERIAL NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE emp (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE man (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### tables_only
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uqn UNIQUE (n)
);
CREATE INDEX ixn ON a (n);
CREATE TABLE b (
    a_id INTEGER NOT NULL,
    k VARCHAR(2) NOT NULL,
    PRIMARY KEY (a_id, k),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
CREATE INDEX ix_bk ON b (k);
CREATE TABLE c (
    id INTEGER NOT NULL,
    j INTEGER NOT NULL,
    PRIMARY KEY (id, j),
    FOREIGN KEY(id) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uqn UNIQUE (n)
);
CREATE INDEX ixn ON a (n);
CREATE TABLE b (
    a_id INTEGER NOT NULL,
    k VARCHAR(2) NOT NULL,
    PRIMARY KEY (a_id, k),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
CREATE INDEX ix_bk ON b USING hash (k);
CREATE TABLE c (
    id INTEGER NOT NULL,
    j INTEGER NOT NULL,
    PRIMARY KEY (id, j),
    FOREIGN KEY(id) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uqn UNIQUE (n)
);
CREATE INDEX ixn ON a (n);
CREATE TABLE b (
    a_id INTEGER NOT NULL,
    k VARCHAR(2) NOT NULL,
    PRIMARY KEY (a_id, k),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
CREATE INDEX ix_bk ON b (k);
CREATE TABLE c (
    id INTEGER NOT NULL,
    j INTEGER NOT NULL,
    PRIMARY KEY (id, j),
    FOREIGN KEY(id) REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED
);
### table_extend
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER,
    PRIMARY KEY (id)
);
### table_twice
!! InvalidRequestError
### checks_and_conventions
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x INTEGER CONSTRAINT ck_a_xpos CHECK (x > 0),
    y INTEGER,
    b BOOLEAN,
    e VARCHAR(1),
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT uq_a_x_y UNIQUE (x, y),
    CONSTRAINT ck_a_ypos CHECK (y > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT ck_a_bb CHECK (b IN (0, 1)),
    CONSTRAINT ck_a_eab CHECK (e IN ('a', 'b'))
);
CREATE INDEX ix_a_x ON a (x);
CREATE INDEX ix_a_x ON a (x, y);
CREATE TABLE bc (
    id INTEGER NOT NULL,
    CONSTRAINT pk_bc PRIMARY KEY (id),
    CONSTRAINT fk_bc_id_a FOREIGN KEY(id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x INTEGER CONSTRAINT ck_a_xpos CHECK (x > 0),
    y INTEGER,
    b BOOLEAN,
    e VARCHAR(1),
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT uq_a_x_y UNIQUE (x, y),
    CONSTRAINT ck_a_ypos CHECK (y > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT ck_a_eab CHECK (e IN ('a', 'b'))
);
CREATE INDEX ix_a_x ON a (x);
CREATE INDEX ix_a_x ON a (x, y);
CREATE TABLE bc (
    id INTEGER NOT NULL,
    CONSTRAINT pk_bc PRIMARY KEY (id),
    CONSTRAINT fk_bc_id_a FOREIGN KEY(id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER CONSTRAINT ck_a_xpos CHECK (x > 0),
    y INTEGER,
    b BOOL,
    e VARCHAR(1),
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT uq_a_x_y UNIQUE (x, y),
    CONSTRAINT ck_a_ypos CHECK (y > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT ck_a_bb CHECK (b IN (0, 1)),
    CONSTRAINT ck_a_eab CHECK (e IN ('a', 'b'))
);
CREATE INDEX ix_a_x ON a (x);
CREATE INDEX ix_a_x ON a (x, y);
CREATE TABLE bc (
    id INTEGER NOT NULL,
    CONSTRAINT pk_bc PRIMARY KEY (id),
    CONSTRAINT fk_bc_id_a FOREIGN KEY(id) REFERENCES a (id)
);
### convention_callable
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT "fk_a-a_id" FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT "fk_a-a_id" FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT `fk_a-a_id` FOREIGN KEY(a_id) REFERENCES a (id)
);
### unnamed_check_convention
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    b BOOLEAN,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    b BOOLEAN,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    b BOOL,
    PRIMARY KEY (id)
);
### ddl_events
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE VIEW va AS SELECT * FROM a;
SELECT 'before b';
CREATE TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
SELECT 100;
-- postgresql
CREATE EXTENSION IF NOT EXISTS citext;
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE VIEW va AS SELECT * FROM a;
CREATE TRIGGER t_a;
SELECT 'before b';
CREATE TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
SELECT 100;
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE VIEW va AS SELECT * FROM a;
SELECT 'before b';
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
SELECT 100;
### compiles_element
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    at DATETIME DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    at TIMESTAMP WITHOUT TIME ZONE DEFAULT TIMEZONE('utc', CURRENT_TIMESTAMP),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    at DATETIME DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (id)
);
### compiles_type
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    t TINY,
    j JSON,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    t TINY,
    j JSONB,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    t TINYINT(1),
    j JSON,
    PRIMARY KEY (id)
);
### column_property_old
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n INTEGER,
    pp INTEGER,
    d TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n INTEGER,
    pp INTEGER,
    d TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n INTEGER,
    pp INTEGER,
    d TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
### association
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE link (
    l INTEGER NOT NULL,
    r INTEGER NOT NULL,
    PRIMARY KEY (l, r),
    FOREIGN KEY(l) REFERENCES a (id),
    FOREIGN KEY(r) REFERENCES b (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE link (
    l INTEGER NOT NULL,
    r INTEGER NOT NULL,
    PRIMARY KEY (l, r),
    FOREIGN KEY(l) REFERENCES a (id),
    FOREIGN KEY(r) REFERENCES b (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE link (
    l INTEGER NOT NULL,
    r INTEGER NOT NULL,
    PRIMARY KEY (l, r),
    FOREIGN KEY(l) REFERENCES a (id),
    FOREIGN KEY(r) REFERENCES b (id)
);
### composite_pk_autoincrement
-- sqlite
!! CompileError
-- postgresql
CREATE TABLE a (
    id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (id, n)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (id, n)
);
CREATE TABLE c (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (id, n)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n INTEGER NOT NULL,
    PRIMARY KEY (id, n)
);
CREATE TABLE c (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
### setattr_loop
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    f0 INTEGER,
    f1 INTEGER,
    f2 INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    f0 INTEGER,
    f1 INTEGER,
    f2 INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    f0 INTEGER,
    f1 INTEGER,
    f2 INTEGER,
    PRIMARY KEY (id)
);
### type_call
-- sqlite
CREATE TABLE dyn (
    id INTEGER NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE dyn (
    id SERIAL NOT NULL,
    x INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE dyn (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER,
    PRIMARY KEY (id)
);
### duplicate_name_column
!! DuplicateColumnError
### slots_and_props
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### inspect_light
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    xx INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    xx INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    xx INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
### imperative_old
-- sqlite
CREATE TABLE t (
    id INTEGER NOT NULL,
    kind VARCHAR(3),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE t (
    id SERIAL NOT NULL,
    kind VARCHAR(3),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE t (
    id INTEGER NOT NULL AUTO_INCREMENT,
    kind VARCHAR(3),
    PRIMARY KEY (id)
);
### generate_base
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### tometadata
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_x ON a (x);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_x ON a (x);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_x ON a (x);
### quote_names
-- sqlite
CREATE TABLE "Select" (
    "Order" INTEGER NOT NULL,
    "group" INTEGER,
    "lower" INTEGER,
    PRIMARY KEY ("Order")
);
-- postgresql
CREATE TABLE "Select" (
    "Order" SERIAL NOT NULL,
    "group" INTEGER,
    "lower" INTEGER,
    PRIMARY KEY ("Order")
);
-- mysql
CREATE TABLE `Select` (
    `Order` INTEGER NOT NULL AUTO_INCREMENT,
    `group` INTEGER,
    `lower` INTEGER,
    PRIMARY KEY (`Order`)
);
### defaults
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a VARCHAR(9) DEFAULT 'it''s',
    b INTEGER DEFAULT 0,
    c DATETIME DEFAULT CURRENT_TIMESTAMP,
    d BOOLEAN DEFAULT 'f',
    e JSON DEFAULT '{}',
    f INTEGER NOT NULL,
    g INTEGER GENERATED ALWAYS AS (id * 2) STORED,
    h VARCHAR(5),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a VARCHAR(9) DEFAULT 'it''s',
    b INTEGER DEFAULT 0,
    c TIMESTAMP WITHOUT TIME ZONE DEFAULT CURRENT_TIMESTAMP,
    d BOOLEAN DEFAULT 'f',
    e JSON DEFAULT '{}',
    f INTEGER GENERATED ALWAYS AS IDENTITY (START WITH 42),
    g INTEGER GENERATED ALWAYS AS (id * 2) STORED,
    h VARCHAR(5),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a VARCHAR(9) DEFAULT 'it''s',
    b INTEGER DEFAULT 0,
    c DATETIME DEFAULT CURRENT_TIMESTAMP,
    d BOOL DEFAULT 'f',
    e JSON DEFAULT '{}',
    f INTEGER NOT NULL,
    g INTEGER GENERATED ALWAYS AS (id * 2) STORED,
    h VARCHAR(5),
    PRIMARY KEY (id)
);
