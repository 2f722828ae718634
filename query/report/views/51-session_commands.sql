-- the first 300 commands of each session
-- at most 3000 rows, 450000 bytes
WITH command AS (
  SELECT process_id, session_id, row_number()
    OVER (PARTITION BY session_id ORDER BY process_id) AS k
  FROM processes WHERE origin = 'exec')
SELECT c.session_id AS session, round((p.start_ns - :start) / 1e6, 3) AS t,
  round((p.end_ns - :start) / 1e6, 3) AS end, p.pid, p.cmdline,
  p.process_id AS image, coalesce(p.exit_code, -p.exit_signal) AS exit
FROM command c JOIN processes p USING (process_id)
JOIN sessions s ON s.session_id = c.session_id
WHERE c.k <= 300
ORDER BY CASE s.kind WHEN 'outside' THEN 0 WHEN 'terminal' THEN 1
  WHEN 'init' THEN 3 ELSE 2 END, s.start_ns, s.session_id, c.k;
