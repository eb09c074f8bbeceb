==== preludes.py
### sqlmodel
-- sqlite
CREATE TABLE team (
    name VARCHAR(30) NOT NULL,
    hq VARCHAR(9) NOT NULL,
    id INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_team_name ON team (name);
CREATE TABLE hero (
    id CHAR(32) NOT NULL,
    kind VARCHAR(1) NOT NULL,
    price NUMERIC(5, 2) NOT NULL,
    data JSON,
    at DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
    score FLOAT,
    flag BOOLEAN NOT NULL,
    boss CHAR(32) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(boss) REFERENCES hero (id) ON DELETE CASCADE
);
CREATE TABLE link (
    team_id INTEGER NOT NULL,
    hero_id CHAR(32) NOT NULL,
    PRIMARY KEY (team_id, hero_id),
    FOREIGN KEY(team_id) REFERENCES team (id),
    FOREIGN KEY(hero_id) REFERENCES hero (id) ON DELETE CASCADE
);
-- postgresql
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE team (
    name VARCHAR(30) NOT NULL,
    hq VARCHAR(9) NOT NULL,
    id SERIAL NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX ix_team_name ON team (name);
CREATE TABLE hero (
    id UUID NOT NULL,
    kind kind NOT NULL,
    price NUMERIC(5, 2) NOT NULL,
    data JSON,
    at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    score FLOAT,
    flag BOOLEAN NOT NULL,
    boss UUID NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(boss) REFERENCES hero (id) ON DELETE CASCADE
);
CREATE TABLE link (
    team_id INTEGER NOT NULL,
    hero_id UUID NOT NULL,
    PRIMARY KEY (team_id, hero_id),
    FOREIGN KEY(team_id) REFERENCES team (id),
    FOREIGN KEY(hero_id) REFERENCES hero (id) ON DELETE CASCADE
);
-- mysql
CREATE TABLE team (
    name VARCHAR(30) NOT NULL,
    hq VARCHAR(9) NOT NULL,
    id INTEGER NOT NULL AUTO_INCREMENT,
    PRIMARY KEY (id)
);
CREATE INDEX ix_team_name ON team (name);
CREATE TABLE hero (
    id CHAR(32) NOT NULL,
    kind ENUM('a','b') NOT NULL,
    price NUMERIC(5, 2) NOT NULL,
    data JSON,
    at DATETIME NOT NULL DEFAULT now(),
    score FLOAT,
    flag BOOL NOT NULL,
    boss CHAR(32) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(boss) REFERENCES hero (id) ON DELETE CASCADE
);
CREATE TABLE link (
    team_id INTEGER NOT NULL,
    hero_id CHAR(32) NOT NULL,
    PRIMARY KEY (team_id, hero_id),
    FOREIGN KEY(team_id) REFERENCES team (id),
    FOREIGN KEY(hero_id) REFERENCES hero (id) ON DELETE CASCADE
);
### flask_sqlalchemy
-- sqlite
CREATE TABLE blog_post (
    id INTEGER NOT NULL,
    title VARCHAR(20),
    made DATETIME,
    extra INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_blog_post_title ON blog_post (title);
CREATE TABLE tags (
    a INTEGER NOT NULL,
    PRIMARY KEY (a),
    FOREIGN KEY(a) REFERENCES blog_post (id)
);
-- postgresql
CREATE TABLE blog_post (
    id SERIAL NOT NULL,
    title VARCHAR(20),
    made TIMESTAMP WITHOUT TIME ZONE,
    extra INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_blog_post_title ON blog_post (title);
CREATE TABLE tags (
    a INTEGER NOT NULL,
    PRIMARY KEY (a),
    FOREIGN KEY(a) REFERENCES blog_post (id)
);
-- mysql
CREATE TABLE blog_post (
    id INTEGER NOT NULL AUTO_INCREMENT,
    title VARCHAR(20),
    made DATETIME,
    extra INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX ix_blog_post_title ON blog_post (title);
CREATE TABLE tags (
    a INTEGER NOT NULL,
    PRIMARY KEY (a),
    FOREIGN KEY(a) REFERENCES blog_post (id)
);
### flask_sqlalchemy_base
-- sqlite
CREATE TABLE user_name (
    id INTEGER NOT NULL,
    name VARCHAR(5),
    CONSTRAINT pk_user_name PRIMARY KEY (id)
);
-- postgresql
CREATE TABLE user_name (
    id SERIAL NOT NULL,
    name VARCHAR(5),
    CONSTRAINT pk_user_name PRIMARY KEY (id)
);
-- mysql
CREATE TABLE user_name (
    id INTEGER NOT NULL AUTO_INCREMENT,
    name VARCHAR(5),
    CONSTRAINT pk_user_name PRIMARY KEY (id)
);
### sqlalchemy_utils
-- sqlite
CREATE TABLE a (
    c0 BINARY(16),
    c1 CHAR(32),
    c2 VARCHAR(255),
    c3 INTEGER,
    c4 VARCHAR(255),
    c5 VARCHAR(50),
    c6 TEXT,
    c7 TEXT,
    c8 DATETIME,
    c9 VARCHAR(50),
    c10 VARCHAR(2),
    c11 VARCHAR(3),
    c12 VARCHAR(10),
    c13 VARCHAR(50),
    c14 TEXT,
    c15 VARCHAR(7),
    c16 BLOB,
    c17 VARCHAR(255)
);
-- postgresql
CREATE TABLE a (
    c0 UUID,
    c1 UUID,
    c2 VARCHAR(255),
    c3 INTEGER,
    c4 VARCHAR(255),
    c5 VARCHAR(50),
    c6 TEXT,
    c7 JSON,
    c8 TIMESTAMP WITH TIME ZONE,
    c9 VARCHAR(50),
    c10 VARCHAR(2),
    c11 VARCHAR(3),
    c12 VARCHAR(10),
    c13 VARCHAR(50),
    c14 TEXT,
    c15 BIT(7),
    c16 BYTEA,
    c17 VARCHAR(255)
);
-- mysql
CREATE TABLE a (
    c0 BINARY(16),
    c1 CHAR(32),
    c2 VARCHAR(255),
    c3 INTEGER,
    c4 VARCHAR(255),
    c5 VARCHAR(50),
    c6 TEXT,
    c7 TEXT,
    c8 DATETIME,
    c9 VARCHAR(50),
    c10 VARCHAR(2),
    c11 VARCHAR(3),
    c12 VARCHAR(10),
    c13 VARCHAR(50),
    c14 TEXT,
    c15 BINARY(7),
    c16 BLOB,
    c17 VARCHAR(255)
);
### spatial
-- sqlite
CREATE TABLE g (
    id INTEGER NOT NULL,
    p geometry(POINT,4326),
    q geography(POLYGON,4326),
    v VECTOR(3),
    h HALFVEC(4),
    PRIMARY KEY (id)
);
CREATE INDEX idx_g_p ON g (p);
-- postgresql
CREATE TABLE g (
    id SERIAL NOT NULL,
    p geometry(POINT,4326),
    q geography(POLYGON,4326),
    v VECTOR(3),
    h HALFVEC(4),
    PRIMARY KEY (id)
);
CREATE INDEX idx_g_p ON g USING gist (p);
-- mysql
CREATE TABLE g (
    id INTEGER NOT NULL AUTO_INCREMENT,
    p geometry(POINT,4326),
    q geography(POLYGON,4326),
    v VECTOR(3),
    h HALFVEC(4),
    PRIMARY KEY (id)
);
CREATE INDEX idx_g_p ON g (p);
### fastapi_users
-- sqlite
CREATE TABLE user (
    id CHAR(36) NOT NULL,
    email VARCHAR(320) NOT NULL,
    hashed_password VARCHAR(1024) NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_superuser BOOLEAN NOT NULL,
    is_verified BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_user_email ON user (email);
CREATE TABLE oauth_account (
    id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    oauth_name VARCHAR(100) NOT NULL,
    access_token VARCHAR(1024) NOT NULL,
    expires_at INTEGER,
    refresh_token VARCHAR(1024),
    account_id VARCHAR(320) NOT NULL,
    account_email VARCHAR(320) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES user (id) ON DELETE cascade
);
CREATE INDEX ix_oauth_account_account_id ON oauth_account (account_id);
CREATE INDEX ix_oauth_account_oauth_name ON oauth_account (oauth_name);
-- postgresql
CREATE TABLE "user" (
    id UUID NOT NULL,
    email VARCHAR(320) NOT NULL,
    hashed_password VARCHAR(1024) NOT NULL,
    is_active BOOLEAN NOT NULL,
    is_superuser BOOLEAN NOT NULL,
    is_verified BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_user_email ON "user" (email);
CREATE TABLE oauth_account (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    oauth_name VARCHAR(100) NOT NULL,
    access_token VARCHAR(1024) NOT NULL,
    expires_at INTEGER,
    refresh_token VARCHAR(1024),
    account_id VARCHAR(320) NOT NULL,
    account_email VARCHAR(320) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES "user" (id) ON DELETE cascade
);
CREATE INDEX ix_oauth_account_account_id ON oauth_account (account_id);
CREATE INDEX ix_oauth_account_oauth_name ON oauth_account (oauth_name);
-- mysql
CREATE TABLE user (
    id CHAR(36) NOT NULL,
    email VARCHAR(320) NOT NULL,
    hashed_password VARCHAR(1024) NOT NULL,
    is_active BOOL NOT NULL,
    is_superuser BOOL NOT NULL,
    is_verified BOOL NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX ix_user_email ON user (email);
CREATE TABLE oauth_account (
    id CHAR(36) NOT NULL,
    user_id CHAR(36) NOT NULL,
    oauth_name VARCHAR(100) NOT NULL,
    access_token VARCHAR(1024) NOT NULL,
    expires_at INTEGER,
    refresh_token VARCHAR(1024),
    account_id VARCHAR(320) NOT NULL,
    account_email VARCHAR(320) NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(user_id) REFERENCES user (id) ON DELETE cascade
);
CREATE INDEX ix_oauth_account_account_id ON oauth_account (account_id);
CREATE INDEX ix_oauth_account_oauth_name ON oauth_account (oauth_name);
### settings
-- sqlite
-- postgresql
-- mysql
### settings_old
-- sqlite
-- postgresql
-- mysql
### settings_validators
-- sqlite
-- postgresql
-- mysql
### settings_sources
-- sqlite
-- postgresql
-- mysql
### unserved
-- sqlite
-- postgresql
-- mysql
### oslo
-- sqlite
CREATE TABLE nodes (
    extra TEXT,
    traits TEXT,
    deleted INTEGER,
    name VARCHAR(30)
);
-- postgresql
CREATE TABLE nodes (
    extra TEXT,
    traits TEXT,
    deleted INTEGER,
    name VARCHAR(30)
);
-- mysql
CREATE TABLE nodes (
    extra TEXT,
    traits LONGTEXT,
    deleted INTEGER,
    name VARCHAR(30)
);
