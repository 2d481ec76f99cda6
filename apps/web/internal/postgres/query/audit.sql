-- name: AuditCreate :exec
INSERT INTO audit (what, person_id, email, address, user_agent, details)
VALUES (@what, @person_id, @email, @address, @user_agent, @details);
