-- Running downgrade 00b2 -> 00a1

attach site
before_drop site []
DROP TABLE site;

after_drop site []
UPDATE alembic_version SET version_num='00a1' WHERE alembic_version.version_num = '00b2';
