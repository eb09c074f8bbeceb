==== mapped.py
### plain_types
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    s VARCHAR NOT NULL,
    so VARCHAR,
    i INTEGER NOT NULL,
    f FLOAT NOT NULL,
    b BOOLEAN NOT NULL,
    d DATE NOT NULL,
    dt DATETIME NOT NULL,
    t TIME NOT NULL,
    td DATETIME NOT NULL,
    dec NUMERIC NOT NULL,
    "by" BLOB NOT NULL,
    u CHAR(32) NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    s VARCHAR NOT NULL,
    so VARCHAR,
    i INTEGER NOT NULL,
    f FLOAT NOT NULL,
    b BOOLEAN NOT NULL,
    d DATE NOT NULL,
    dt TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    t TIME WITHOUT TIME ZONE NOT NULL,
    td INTERVAL NOT NULL,
    dec NUMERIC NOT NULL,
    by BYTEA NOT NULL,
    u UUID NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### pipe_none
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    s VARCHAR,
    t INTEGER,
    u VARCHAR,
    v VARCHAR,
    w VARCHAR,
    x VARCHAR,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    s VARCHAR,
    t INTEGER,
    u VARCHAR,
    v VARCHAR,
    w VARCHAR,
    x VARCHAR,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### optional_pk
-- sqlite
CREATE TABLE a (
    id INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER AUTO_INCREMENT,
    PRIMARY KEY (id)
);
### nullable_overrides
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a VARCHAR,
    b VARCHAR NOT NULL,
    c VARCHAR(10) NOT NULL,
    d VARCHAR,
    e VARCHAR NOT NULL,
    f JSON NOT NULL,
    g JSON,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a VARCHAR,
    b VARCHAR NOT NULL,
    c VARCHAR(10) NOT NULL,
    d VARCHAR,
    e VARCHAR NOT NULL,
    f JSON NOT NULL,
    g JSON,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### future_annotations
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    name VARCHAR,
    x VARCHAR(5),
    other CHAR(32) NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    name VARCHAR,
    x VARCHAR(5),
    other UUID NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
!! CompileError
### real_future
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    name VARCHAR,
    x VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    name VARCHAR,
    x VARCHAR(5),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
!! CompileError
### type_map
-- sqlite
CREATE TABLE a (
    id BIGINT NOT NULL,
    a VARCHAR(50) NOT NULL,
    b JSON NOT NULL,
    c JSON NOT NULL,
    d JSON,
    e DATETIME NOT NULL,
    f DATETIME,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id BIGSERIAL NOT NULL,
    a VARCHAR(50) NOT NULL,
    b JSON NOT NULL,
    c JSONB NOT NULL,
    d JSON,
    e TIMESTAMP WITH TIME ZONE NOT NULL,
    f TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id BIGINT NOT NULL AUTO_INCREMENT,
    a VARCHAR(50) NOT NULL,
    b JSON NOT NULL,
    c JSON NOT NULL,
    d JSON,
    e DATETIME NOT NULL,
    f DATETIME,
    PRIMARY KEY (id)
);
### type_map_registry
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a VARCHAR(33) NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a VARCHAR(33) NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a VARCHAR(33) NOT NULL,
    PRIMARY KEY (id)
);
### unknown_type
!! MappedAnnotationError
### unknown_type_given
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a JSON NOT NULL,
    b JSON,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a JSON NOT NULL,
    b JSON,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a JSON NOT NULL,
    b JSON,
    PRIMARY KEY (id)
);
### annotated
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    a VARCHAR(50) NOT NULL,
    b VARCHAR(50),
    c VARCHAR(30) NOT NULL,
    d VARCHAR(30),
    e VARCHAR(30) NOT NULL,
    f VARCHAR(7),
    g DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    hh DATETIME DEFAULT CURRENT_TIMESTAMP,
    i VARCHAR,
    j VARCHAR(30),
    k VARCHAR(50),
    l VARCHAR(99) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (e)
);
CREATE INDEX ix_a_i ON a (i);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a INTEGER NOT NULL,
    b INTEGER,
    c INTEGER NOT NULL,
    PRIMARY KEY (id, c),
    FOREIGN KEY(a) REFERENCES a (id),
    FOREIGN KEY(b) REFERENCES a (id),
    FOREIGN KEY(c) REFERENCES a (id)
);
CREATE INDEX ix_b_b ON b (b);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    a VARCHAR(50) NOT NULL,
    b VARCHAR(50),
    c VARCHAR(30) NOT NULL,
    d VARCHAR(30),
    e VARCHAR(30) NOT NULL,
    f VARCHAR(7),
    g TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    hh TIMESTAMP WITH TIME ZONE DEFAULT now(),
    i VARCHAR,
    j VARCHAR(30),
    k VARCHAR(50),
    l VARCHAR(99) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (e)
);
CREATE INDEX ix_a_i ON a (i);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a INTEGER NOT NULL,
    b INTEGER,
    c INTEGER NOT NULL,
    PRIMARY KEY (id, c),
    FOREIGN KEY(a) REFERENCES a (id),
    FOREIGN KEY(b) REFERENCES a (id),
    FOREIGN KEY(c) REFERENCES a (id)
);
CREATE INDEX ix_b_b ON b (b);
-- mysql
!! CompileError
### annotated_more
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n NUMERIC(12, 4) NOT NULL,
    o VARCHAR(4) NOT NULL,
    p VARCHAR(4) DEFAULT 'y' NOT NULL,
    q INTEGER NOT NULL CONSTRAINT ckq CHECK (q > 1),
    r INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n NUMERIC(12, 4) NOT NULL,
    o VARCHAR(4) NOT NULL,
    p VARCHAR(4) DEFAULT 'y' NOT NULL,
    q INTEGER NOT NULL CONSTRAINT ckq CHECK (q > 1),
    r INTEGER NOT NULL,
    PRIMARY KEY (id)
);
COMMENT ON COLUMN a.o IS 'hello';
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n NUMERIC(12, 4) NOT NULL,
    o VARCHAR(4) NOT NULL COMMENT 'hello',
    p VARCHAR(4) NOT NULL DEFAULT 'y',
    q INTEGER NOT NULL CONSTRAINT ckq CHECK (q > 1),
    r INTEGER NOT NULL,
    PRIMARY KEY (id)
);
### enums
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    c VARCHAR(5) NOT NULL,
    d VARCHAR(5),
    e VARCHAR(5) NOT NULL,
    f VARCHAR(5) NOT NULL,
    g VARCHAR(3) NOT NULL,
    h VARCHAR(1),
    i VARCHAR(5) DEFAULT 'small' NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TYPE color AS ENUM ('red', 'green');
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TYPE colors AS ENUM ('red', 'green');
CREATE TABLE a (
    id SERIAL NOT NULL,
    c color NOT NULL,
    d size,
    e VARCHAR(5) NOT NULL,
    f colors NOT NULL,
    g VARCHAR(3) NOT NULL,
    h VARCHAR(1),
    i size DEFAULT 'small' NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    c ENUM('red','green') NOT NULL,
    d ENUM('small','large'),
    e VARCHAR(5) NOT NULL,
    f ENUM('red','green') NOT NULL,
    g VARCHAR(3) NOT NULL,
    h VARCHAR(1),
    i ENUM('small','large') NOT NULL DEFAULT 'small',
    PRIMARY KEY (id)
);
### enum_map
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    c VARCHAR(20) NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    c VARCHAR(20) NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    c VARCHAR(20) NOT NULL,
    PRIMARY KEY (id)
);
### enum_map_specific
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    c VARCHAR(5) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ckcolor CHECK (c IN ('red', 'green'))
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    c VARCHAR(5) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ckcolor CHECK (c IN ('red', 'green'))
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    c VARCHAR(5) NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ckcolor CHECK (c IN ('red', 'green'))
);
### literal_map
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    c VARCHAR(1) NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TYPE ab AS ENUM ('a', 'b');
CREATE TABLE a (
    id SERIAL NOT NULL,
    c ab NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    c ENUM('a','b') NOT NULL,
    PRIMARY KEY (id)
);
### newtype
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR(12) NOT NULL,
    o VARCHAR(12),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR(12) NOT NULL,
    o VARCHAR(12),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n VARCHAR(12) NOT NULL,
    o VARCHAR(12),
    PRIMARY KEY (id)
);
### type_alias
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR(20) NOT NULL,
    o VARCHAR(20),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR(20) NOT NULL,
    o VARCHAR(20),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n VARCHAR(20) NOT NULL,
    o VARCHAR(20),
    PRIMARY KEY (id)
);
### union_map
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n JSON NOT NULL,
    o JSON,
    p NUMERIC(3),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n JSON NOT NULL,
    o JSON,
    p NUMERIC(3),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n JSON NOT NULL,
    o JSON,
    p NUMERIC(3),
    PRIMARY KEY (id)
);
### sort_order
-- sqlite
CREATE TABLE a (
    first INTEGER NOT NULL,
    b VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    d VARCHAR NOT NULL,
    c VARCHAR NOT NULL,
    created DATETIME NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    first INTEGER NOT NULL,
    b VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    d VARCHAR NOT NULL,
    c VARCHAR NOT NULL,
    created TIMESTAMP WITHOUT TIME ZONE NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### order_mixed
-- sqlite
CREATE TABLE a (
    a INTEGER,
    c VARCHAR,
    b VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    e VARCHAR NOT NULL,
    d INTEGER,
    f TEXT,
    g VARCHAR NOT NULL,
    h TEXT,
    i TEXT,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    a INTEGER,
    c VARCHAR,
    b VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    e VARCHAR NOT NULL,
    d INTEGER,
    f TEXT,
    g VARCHAR NOT NULL,
    h TEXT,
    i TEXT,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### order_annotation_only
-- sqlite
CREATE TABLE a (
    z VARCHAR NOT NULL,
    y VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    x VARCHAR NOT NULL,
    v VARCHAR NOT NULL,
    w INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    z VARCHAR NOT NULL,
    y VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    x VARCHAR NOT NULL,
    v VARCHAR NOT NULL,
    w INTEGER,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### mixin_order
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x VARCHAR NOT NULL,
    m1b INTEGER,
    m1a INTEGER NOT NULL,
    m1c INTEGER,
    m2b VARCHAR(3) NOT NULL,
    m2a INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_m1c ON a (m1c);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x VARCHAR NOT NULL,
    m1b INTEGER,
    m1a INTEGER NOT NULL,
    m1c INTEGER,
    m2b VARCHAR(3) NOT NULL,
    m2a INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_a_m1c ON a (m1c);
-- mysql
!! CompileError
### base_columns
-- sqlite
CREATE TABLE a (
    x VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    created DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    x VARCHAR NOT NULL,
    a_id INTEGER NOT NULL,
    id INTEGER NOT NULL,
    created DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    x VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    x VARCHAR NOT NULL,
    a_id INTEGER NOT NULL,
    id SERIAL NOT NULL,
    created TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
!! CompileError
### abstract
-- sqlite
CREATE TABLE dogs (
    bark VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    common VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE cats (
    id INTEGER NOT NULL,
    common VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE dogs (
    bark VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    common VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE cats (
    id SERIAL NOT NULL,
    common VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### declared_tablename
-- sqlite
CREATE TABLE t_a (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX "ix_A" ON t_a (name);
-- postgresql
CREATE TABLE t_a (
    id SERIAL NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX "ix_A" ON t_a (name);
COMMENT ON TABLE t_a IS 'A';
-- mysql
!! CompileError
### fk_mixin
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_b_a_id ON b (a_id);
CREATE TABLE c (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_c_a_id ON c (a_id);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_b_a_id ON b (a_id);
CREATE TABLE c (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_c_a_id ON c (a_id);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_b_a_id ON b (a_id);
CREATE TABLE c (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER NOT NULL,
    other_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(other_id) REFERENCES a (id) ON DELETE CASCADE
);
CREATE INDEX ix_c_a_id ON c (a_id);
### fk_type_from_target
-- sqlite
CREATE TABLE a (
    id VARCHAR(17) NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id VARCHAR(17) NOT NULL,
    b_id VARCHAR(17),
    c_id VARCHAR(17),
    d_id BIGINT,
    e_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(b_id) REFERENCES a (id),
    FOREIGN KEY(c_id) REFERENCES a (id),
    FOREIGN KEY(d_id) REFERENCES a (id),
    FOREIGN KEY(e_id) REFERENCES b (id)
);
-- postgresql
CREATE TABLE a (
    id VARCHAR(17) NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id VARCHAR(17) NOT NULL,
    b_id VARCHAR(17),
    c_id VARCHAR(17),
    d_id BIGINT,
    e_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(b_id) REFERENCES a (id),
    FOREIGN KEY(c_id) REFERENCES a (id),
    FOREIGN KEY(d_id) REFERENCES a (id),
    FOREIGN KEY(e_id) REFERENCES b (id)
);
-- mysql
CREATE TABLE a (
    id VARCHAR(17) NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id VARCHAR(17) NOT NULL,
    b_id VARCHAR(17),
    c_id VARCHAR(17),
    d_id BIGINT,
    e_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    FOREIGN KEY(b_id) REFERENCES a (id),
    FOREIGN KEY(c_id) REFERENCES a (id),
    FOREIGN KEY(d_id) REFERENCES a (id),
    FOREIGN KEY(e_id) REFERENCES b (id)
);
### fk_column_object
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    a_code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    CONSTRAINT fk_code FOREIGN KEY(a_code) REFERENCES a (code) ON UPDATE CASCADE
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    a_code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    CONSTRAINT fk_code FOREIGN KEY(a_code) REFERENCES a (code) ON UPDATE CASCADE
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (code)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER NOT NULL,
    a_code VARCHAR(3) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id),
    CONSTRAINT fk_code FOREIGN KEY(a_code) REFERENCES a (code) ON UPDATE CASCADE
);
### table_args
-- sqlite
CREATE TABLE sch.a (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    CONSTRAINT uq_xy UNIQUE (x, y),
    CHECK (x > y),
    CONSTRAINT x_one CHECK (x > 1)
);
CREATE INDEX sch.ix_a_y ON a (y);
CREATE UNIQUE INDEX sch.ix_sch_a_x ON a (x, y);
CREATE TEMPORARY TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    a INTEGER NOT NULL,
    b VARCHAR(3) NOT NULL,
    CONSTRAINT pk_c PRIMARY KEY (a, b)
);
-- postgresql
CREATE TABLE sch.a (
    id SERIAL NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_xy UNIQUE (x, y),
    CHECK (x > y),
    CONSTRAINT x_one CHECK (x > 1)
);
CREATE INDEX ix_a_y ON sch.a (y);
CREATE UNIQUE INDEX ix_sch_a_x ON sch.a (x, y);
CREATE TEMPORARY TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
COMMENT ON TABLE b IS 'tbl';
CREATE TABLE c (
    a INTEGER NOT NULL,
    b VARCHAR(3) NOT NULL,
    CONSTRAINT pk_c PRIMARY KEY (a, b)
);
-- mysql
CREATE TABLE sch.a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT uq_xy UNIQUE (x, y),
    CHECK (x > y),
    CONSTRAINT x_one CHECK (x > 1)
)ENGINE=InnoDB;
CREATE INDEX ix_a_y ON sch.a (y);
CREATE UNIQUE INDEX ix_sch_a_x ON sch.a (x, y);
CREATE TEMPORARY TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
)COMMENT='tbl';
CREATE TABLE c (
    a INTEGER NOT NULL,
    b VARCHAR(3) NOT NULL,
    CONSTRAINT pk_c PRIMARY KEY (a, b)
);
### table_args_columns
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER,
    z VARCHAR(5),
    PRIMARY KEY (id),
    UNIQUE (x, y),
    CONSTRAINT gt5 CHECK (x > 5)
);
CREATE INDEX ix_expr ON a (x DESC, lower(z));
CREATE INDEX ix_part ON a (z) WHERE y = 3;
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER,
    z VARCHAR(5),
    PRIMARY KEY (id),
    UNIQUE (x, y),
    CONSTRAINT gt5 CHECK (x > 5)
);
CREATE INDEX ix_expr ON a (x DESC, lower(z));
CREATE INDEX ix_part ON a (z) WHERE y = 3;
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER NOT NULL,
    y INTEGER,
    z VARCHAR(5),
    PRIMARY KEY (id),
    UNIQUE (x, y),
    CONSTRAINT gt5 CHECK (x > 5)
);
CREATE INDEX ix_expr ON a (x DESC, (lower(z)));
CREATE INDEX ix_part ON a (z);
### table_args_bad
!! ArgumentError
### table_args_fk
-- sqlite
CREATE TABLE a (
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (x, y)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    ax INTEGER NOT NULL,
    ay INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fkab FOREIGN KEY(ax, ay) REFERENCES a (x, y) ON DELETE SET NULL
);
-- postgresql
CREATE TABLE a (
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (x, y)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    ax INTEGER NOT NULL,
    ay INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fkab FOREIGN KEY(ax, ay) REFERENCES a (x, y) ON DELETE SET NULL
);
-- mysql
CREATE TABLE a (
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    PRIMARY KEY (x, y)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    ax INTEGER NOT NULL,
    ay INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT fkab FOREIGN KEY(ax, ay) REFERENCES a (x, y) ON DELETE SET NULL
);
### index_after
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_after ON a (x);
CREATE INDEX ix_after2 ON a (lower(x));
CREATE INDEX ix_after3 ON a (x DESC, id);
CREATE UNIQUE INDEX ix_after4 ON a (x);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_after ON a (x);
CREATE INDEX ix_after2 ON a (lower(x));
CREATE INDEX ix_after3 ON a USING btree (x DESC, id);
CREATE UNIQUE INDEX ix_after4 ON a (x);
-- mysql
!! CompileError
### add_column_later
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x VARCHAR(5),
    y INTEGER NOT NULL,
    zz INTEGER,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x VARCHAR(5),
    y INTEGER NOT NULL,
    zz INTEGER,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x VARCHAR(5),
    y INTEGER NOT NULL,
    zz INTEGER,
    PRIMARY KEY (id)
);
### single_table
-- sqlite
CREATE TABLE p (
    id INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    a VARCHAR,
    shared INTEGER,
    fk INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(fk) REFERENCES p (id)
);
-- postgresql
CREATE TABLE p (
    id SERIAL NOT NULL,
    type VARCHAR NOT NULL,
    a VARCHAR,
    shared INTEGER,
    fk INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(fk) REFERENCES p (id)
);
-- mysql
!! CompileError
### single_conflict
!! ArgumentError
### single_not_null
-- sqlite
CREATE TABLE p (
    id INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    b INTEGER,
    a VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE p (
    id SERIAL NOT NULL,
    type VARCHAR NOT NULL,
    b INTEGER,
    a VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### joined
-- sqlite
CREATE TABLE p (
    id INTEGER NOT NULL,
    type VARCHAR(30) NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    extra INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
CREATE TABLE c2 (
    pid INTEGER NOT NULL,
    PRIMARY KEY (pid),
    FOREIGN KEY(pid) REFERENCES p (id) ON DELETE CASCADE
);
-- postgresql
CREATE TABLE p (
    id SERIAL NOT NULL,
    type VARCHAR(30) NOT NULL,
    name VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    extra INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
CREATE TABLE c2 (
    pid INTEGER NOT NULL,
    PRIMARY KEY (pid),
    FOREIGN KEY(pid) REFERENCES p (id) ON DELETE CASCADE
);
-- mysql
!! CompileError
### joined_mixin_name
-- sqlite
CREATE TABLE p (
    id INTEGER NOT NULL,
    type VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL,
    x INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
-- postgresql
CREATE TABLE p (
    id SERIAL NOT NULL,
    type VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    id INTEGER NOT NULL,
    x INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
-- mysql
!! CompileError
### cascading
-- sqlite
CREATE TABLE p (
    type VARCHAR NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    x INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
-- postgresql
CREATE TABLE p (
    type VARCHAR NOT NULL,
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c1 (
    x INTEGER NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(id) REFERENCES p (id)
);
-- mysql
!! CompileError
### concrete
-- sqlite
CREATE TABLE p (
    id INTEGER NOT NULL,
    n VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    id INTEGER NOT NULL,
    n VARCHAR NOT NULL,
    x VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE p (
    id SERIAL NOT NULL,
    n VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE c (
    id SERIAL NOT NULL,
    n VARCHAR NOT NULL,
    x VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### explicit_table
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    n VARCHAR(3),
    PRIMARY KEY (id)
);
### explicit_table_extra
!! ArgumentError
### no_pk
!! ArgumentError
### no_table
!! InvalidRequestError
### reserved
!! InvalidRequestError
### column_names
-- sqlite
CREATE TABLE a (
    a_id INTEGER NOT NULL,
    xx VARCHAR(3) NOT NULL,
    yy VARCHAR(3),
    zz VARCHAR(3),
    PRIMARY KEY (a_id),
    UNIQUE (yy)
);
CREATE INDEX ix_a_xx ON a (xx);
CREATE INDEX ix_k ON a (zz, yy);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES a (a_id)
);
-- postgresql
CREATE TABLE a (
    a_id SERIAL NOT NULL,
    xx VARCHAR(3) NOT NULL,
    yy VARCHAR(3),
    zz VARCHAR(3),
    PRIMARY KEY (a_id),
    UNIQUE (yy)
);
CREATE INDEX ix_a_xx ON a (xx);
CREATE INDEX ix_k ON a (zz, yy);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES a (a_id)
);
-- mysql
CREATE TABLE a (
    a_id INTEGER NOT NULL AUTO_INCREMENT,
    xx VARCHAR(3) NOT NULL,
    yy VARCHAR(3),
    zz VARCHAR(3),
    PRIMARY KEY (a_id),
    UNIQUE (yy)
);
CREATE INDEX ix_a_xx ON a (xx);
CREATE INDEX ix_k ON a (zz, yy);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES a (a_id)
);
### composites
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    sx INTEGER NOT NULL,
    sy FLOAT,
    ex INTEGER NOT NULL,
    ey FLOAT,
    x INTEGER NOT NULL,
    y FLOAT,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    sx INTEGER NOT NULL,
    sy FLOAT,
    ex INTEGER NOT NULL,
    ey FLOAT,
    x INTEGER NOT NULL,
    y FLOAT,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    sx INTEGER NOT NULL,
    sy FLOAT,
    ex INTEGER NOT NULL,
    ey FLOAT,
    x INTEGER NOT NULL,
    y FLOAT,
    PRIMARY KEY (id)
);
### column_props
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    first VARCHAR(5),
    last VARCHAR NOT NULL,
    lazy TEXT NOT NULL,
    dd TEXT,
    p VARCHAR(9) NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    first VARCHAR(5),
    last VARCHAR NOT NULL,
    lazy TEXT NOT NULL,
    dd TEXT,
    p VARCHAR(9) NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### dataclass_base
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR NOT NULL,
    o VARCHAR,
    p JSON NOT NULL,
    q INTEGER DEFAULT '5' NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR NOT NULL,
    o VARCHAR,
    p JSON NOT NULL,
    q INTEGER DEFAULT '5' NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
!! CompileError
### dataclass_mixin
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    created DATETIME,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    created TIMESTAMP WITHOUT TIME ZONE,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    created DATETIME,
    PRIMARY KEY (id)
);
### dataclass_decorator
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### nometa
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
### registry_mapped
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    n VARCHAR,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### imperative
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    n VARCHAR(4),
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
    n VARCHAR(4),
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
    n VARCHAR(4),
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
### association_table
-- sqlite
CREATE TABLE posts (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE tags (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE post_tags (
    post_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (post_id, tag_id),
    FOREIGN KEY(post_id) REFERENCES posts (id),
    FOREIGN KEY(tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
-- postgresql
CREATE TABLE posts (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE tags (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE post_tags (
    post_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (post_id, tag_id),
    FOREIGN KEY(post_id) REFERENCES posts (id),
    FOREIGN KEY(tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
-- mysql
CREATE TABLE posts (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE tags (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE post_tags (
    post_id INTEGER NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (post_id, tag_id),
    FOREIGN KEY(post_id) REFERENCES posts (id),
    FOREIGN KEY(tag_id) REFERENCES tags (id) ON DELETE CASCADE
);
### naming_convention
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER,
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT ck_a_pos CHECK (x > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT fk_a_z_a FOREIGN KEY(z) REFERENCES a (id)
);
CREATE INDEX ix_a_x ON a (x);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER,
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT ck_a_pos CHECK (x > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT fk_a_z_a FOREIGN KEY(z) REFERENCES a (id)
);
CREATE INDEX ix_a_x ON a (x);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER NOT NULL,
    y INTEGER NOT NULL,
    z INTEGER,
    CONSTRAINT pk_a PRIMARY KEY (id),
    CONSTRAINT ck_a_pos CHECK (x > 0),
    CONSTRAINT uq_a_y UNIQUE (y),
    CONSTRAINT fk_a_z_a FOREIGN KEY(z) REFERENCES a (id)
);
CREATE INDEX ix_a_x ON a (x);
### schema_metadata
-- sqlite
CREATE TABLE app.a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE app.b (
    id INTEGER NOT NULL,
    a INTEGER NOT NULL,
    c INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES a (id),
    FOREIGN KEY(c) REFERENCES a (id)
);
-- postgresql
CREATE TABLE app.a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE app.b (
    id SERIAL NOT NULL,
    a INTEGER NOT NULL,
    c INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES app.a (id),
    FOREIGN KEY(c) REFERENCES app.a (id)
);
-- mysql
CREATE TABLE app.a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE app.b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a INTEGER NOT NULL,
    c INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a) REFERENCES app.a (id),
    FOREIGN KEY(c) REFERENCES app.a (id)
);
### write_only
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id SERIAL NOT NULL,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE TABLE b (
    id INTEGER NOT NULL AUTO_INCREMENT,
    a_id INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(a_id) REFERENCES a (id)
);
### not_mapped_annotation
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x VARCHAR(4),
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x VARCHAR(4),
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x VARCHAR(4),
    PRIMARY KEY (id)
);
### classvar
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
### overridden_mixin_column
-- sqlite
CREATE TABLE a (
    id INTEGER NOT NULL,
    x INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE a (
    id SERIAL NOT NULL,
    x INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE a (
    id INTEGER NOT NULL AUTO_INCREMENT,
    x INTEGER NOT NULL,
    PRIMARY KEY (id)
);
### generic_base
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
### callable_defaults
-- sqlite
CREATE TABLE a (
    id CHAR(32) NOT NULL,
    a INTEGER NOT NULL,
    b DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    c VARCHAR DEFAULT 'x' NOT NULL,
    d BOOLEAN DEFAULT 0 NOT NULL,
    e INTEGER NOT NULL,
    f INTEGER NOT NULL GENERATED ALWAYS AS (a + 1),
    g INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE SEQUENCE seq_g;
CREATE TABLE a (
    id UUID NOT NULL,
    a INTEGER NOT NULL,
    b TIMESTAMP WITHOUT TIME ZONE DEFAULT now() NOT NULL,
    c VARCHAR DEFAULT 'x' NOT NULL,
    d BOOLEAN DEFAULT false NOT NULL,
    e INTEGER GENERATED BY DEFAULT AS IDENTITY (START WITH 3),
    f INTEGER GENERATED ALWAYS AS (a + 1) STORED NOT NULL,
    g INTEGER NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
!! CompileError
### generic_served_classes
-- sqlite
CREATE TABLE priced (
    id INTEGER NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    mood MOOD NOT NULL,
    PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE priced (
    id SERIAL NOT NULL,
    price NUMERIC(10, 2) NOT NULL,
    mood MOOD NOT NULL,
    PRIMARY KEY (id)
);
-- mysql
CREATE TABLE priced (
    id INTEGER NOT NULL AUTO_INCREMENT,
    price NUMERIC(10, 2) NOT NULL,
    mood MOOD NOT NULL,
    PRIMARY KEY (id)
);
