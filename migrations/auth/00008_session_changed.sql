-- +goose Up
-- Whoever keeps a session in memory hears on channel session_changed that it is out of date, whichever statement of
-- whichever replica, or of an operator, did it: the session's id_hash in hex, a person's id, or "all".

-- +goose StatementBegin
CREATE FUNCTION session_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('session_changed', encode(OLD.id_hash, 'hex'));
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION session_person_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('session_changed', OLD.id::text);
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION session_all_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('session_changed', 'all');
    RETURN NULL;
END
$$;
-- +goose StatementEnd

-- A use is no change: touched_at is not named here, so a touch costs nothing more.
CREATE TRIGGER session_ended AFTER UPDATE OF revoked_at, expires_at, person_id ON sessions FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION session_changed();

-- A session that had ended long before it is swept away is news to nobody.
CREATE TRIGGER session_deleted AFTER DELETE ON sessions FOR EACH ROW
    WHEN (OLD.revoked_at IS NULL AND OLD.expires_at > now()) EXECUTE FUNCTION session_changed();

CREATE TRIGGER session_all_deleted AFTER TRUNCATE ON sessions FOR EACH STATEMENT EXECUTE FUNCTION session_all_changed();

-- Everything that is known of a person may be shown with a session, and more will be.
CREATE TRIGGER session_person_changed AFTER UPDATE ON people FOR EACH ROW
    WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION session_person_changed();

CREATE TRIGGER session_person_deleted AFTER DELETE ON people FOR EACH ROW EXECUTE FUNCTION session_person_changed();

-- +goose Down
DROP TRIGGER session_person_deleted ON people;
DROP TRIGGER session_person_changed ON people;
DROP TRIGGER session_all_deleted ON sessions;
DROP TRIGGER session_deleted ON sessions;
DROP TRIGGER session_ended ON sessions;
DROP FUNCTION session_all_changed;
DROP FUNCTION session_person_changed;
DROP FUNCTION session_changed;
