CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);

-- Running upgrade  -> e001

CREATE TABLE lamp (
    id INTEGER NOT NULL,
    power VARCHAR(4),
    by_value VARCHAR(3),
    by_name VARCHAR(3),
    plain VARCHAR(5),
    PRIMARY KEY (id)
);

INSERT INTO lamp (id, power, by_value, by_name, plain) VALUES (1, 'HIGH', 'off', 'ON', 'on');

INSERT INTO lamp (id, power, by_value, by_name, plain) VALUES (2, 'LOW', 'on', 'OFF', 'x');

INSERT INTO lamp (id, power, by_value, by_name, plain) VALUES (3, NULL, NULL, NULL, NULL);

UPDATE lamp SET power='LOW', by_name='OFF' WHERE lamp.power = 'HIGH';

INSERT INTO alembic_version (version_num) VALUES ('e001') RETURNING version_num;
