-- What the demo's Postgres runs once, when its volume is new: a database for each app, owned by a role of its own.
-- Neither role can enter the other's database. The passwords are those in docker-compose.yml.

CREATE ROLE web LOGIN PASSWORD 'web-demo';
CREATE DATABASE auth OWNER web;
REVOKE ALL ON DATABASE auth FROM PUBLIC;

CREATE ROLE api LOGIN PASSWORD 'api-demo';
CREATE DATABASE kanban OWNER api;
REVOKE ALL ON DATABASE kanban FROM PUBLIC;
