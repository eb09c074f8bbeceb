BEGIN;

-- Running upgrade 00a1 -> 00b2

attach id site
attach spot site
attach site
before_create site ['id', 'spot']
CREATE TABLE site (
    id SERIAL NOT NULL,
    spot VARCHAR(20),
    PRIMARY KEY (id)
);

after_create site ['id', 'spot']
CREATE INDEX idx_site_spot ON site (spot);

made ['idx_site_spot']
attach other site
attach site
ALTER TABLE site ADD COLUMN other VARCHAR(20);

CREATE INDEX idx_site_other ON site (other);

UPDATE alembic_version SET version_num='00b2' WHERE alembic_version.version_num = '00a1';

COMMIT;
