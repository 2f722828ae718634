-- files by what was done to them: written then executed, sensitive, and the most touched first
-- at most 3500 rows, 650000 bytes
WITH done AS (
  SELECT f.path_id, f.event_id, f.ts_ns,
    f.res >= 0 AND f.flags & 1 AS reads,
    f.res >= 0 AND (f.flags & 2 OR t.name GLOB '*truncate') AS written,
    f.res >= 0 AND (t.name GLOB 'unlink*' OR t.name GLOB 'rename*'
      OR t.name = 'rmdir') AS deleted,
    f.res IN (-1, -13) AS refused, f.res IN (-2, -20) AS absent
  FROM raw_files f JOIN event_types t USING (type)
  UNION ALL SELECT f.target_id, f.event_id, f.ts_ns, 0, 1, 0, 0, 0
  FROM raw_files f JOIN event_types t USING (type)
  WHERE f.res >= 0 AND (t.name GLOB 'rename*' OR t.name GLOB 'link*')),
touched AS (
  SELECT s.text AS path, d.* FROM (
    SELECT path_id, sum(reads) AS reads, sum(written) AS written,
      0 AS executed, sum(deleted) AS deleted, sum(refused) AS refused,
      sum(absent) AS absent,
      min(iif(written, ts_ns, NULL)) AS first_write, NULL AS last_run,
      min(ts_ns) AS first, max(ts_ns) AS last, min(event_id) AS event,
      NULL AS process
    FROM done GROUP BY path_id) d
  JOIN strings s ON s.string_id = d.path_id
  UNION ALL SELECT path, NULL, 0, 0, count(*), 0, 0, 0, NULL, max(start_ns),
    min(start_ns), max(start_ns), NULL, min(process_id)
  FROM processes WHERE origin = 'exec' AND path <> '' GROUP BY path),
file AS (
  SELECT path, sum(reads) AS reads, sum(written) AS written,
    sum(executed) AS executed, sum(deleted) AS deleted,
    sum(refused) AS refused, sum(absent) AS absent,
    min(first) AS first, max(last) AS last,
    coalesce(min(first_write) < max(last_run), 0) AS dropped,
    min(event) AS event, min(process) AS process,
    path GLOB '/etc/shadow*' OR path GLOB '/etc/gshadow*'
      OR path GLOB '/etc/sudoers*' OR path GLOB '*/.ssh/*'
      OR path GLOB '*/.aws/*' OR path GLOB '*/.kube/*'
      OR path GLOB '*/.docker/config.json' OR path GLOB '*/.netrc'
      OR path GLOB '*_history' OR path GLOB '*/.git-credentials'
      OR path GLOB '*/run/secrets/*' OR path GLOB '/proc/*/environ'
      OR path GLOB '/proc/*/mem' OR path GLOB '*/docker.sock'
      OR path GLOB '/etc/ld.so.preload' OR path GLOB '/etc/cron*'
      OR path GLOB '/var/spool/cron/*' OR path GLOB '/etc/systemd/*'
      OR path GLOB '/etc/pam.d/*' AS sensitive
  FROM touched GROUP BY path)
SELECT path, reads, written, executed, deleted, refused, absent, dropped,
  sensitive,
  round((first - :start) / 1e6, 3) AS t, round((last - :start) / 1e6, 3) AS end,
  (SELECT name FROM processes WHERE process_id = coalesce((SELECT process_id
    FROM raw_files WHERE event_id = event LIMIT 1), process)) AS process
FROM file ORDER BY dropped DESC, sensitive DESC, refused > 0 DESC,
  written > 0 DESC, reads + written + executed + deleted DESC, absent DESC,
  path;
