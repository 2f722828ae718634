-- files by what was done to them: written then executed, sensitive, and the most touched first
-- at most 3500 rows, 650000 bytes
WITH done AS (
  SELECT iif(t.name GLOB 'rename*', f.path_id,
      coalesce(f.object_id, f.path_id)) AS path_id, f.event_id, f.ts_ns,
    f.res >= 0 AND f.flags & 1 AS reads,
    f.res >= 0 AND (f.flags & 2 OR t.name GLOB '*truncate'
      OR t.name GLOB 'link*') AS written,
    f.res >= 0 AND (t.name GLOB 'unlink*' OR t.name GLOB 'rename*'
      OR t.name = 'rmdir') AS deleted,
    f.res IN (-1, -13) AS refused, f.res IN (-2, -20) AS absent
  FROM raw_files f JOIN event_types t USING (type)
  UNION ALL SELECT coalesce(iif(t.name GLOB 'rename*', f.object_id, NULL),
    f.target_id), f.event_id, f.ts_ns, 0, 1, 0, 0, 0
  FROM raw_files f JOIN event_types t USING (type)
  WHERE f.res >= 0 AND t.name GLOB 'rename*'),
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
  FROM (SELECT path, start_ns, process_id FROM processes
      WHERE origin = 'exec' AND path <> ''
    UNION ALL SELECT script, start_ns, process_id FROM processes
      WHERE origin = 'exec' AND script IS NOT NULL
    UNION -- what was written by another name
    SELECT s.text, p.start_ns, p.process_id FROM processes p
      JOIN raw_files r ON r.ino = p.exe_ino AND r.flags & 2
      JOIN strings s ON s.string_id = r.path_id
      WHERE p.origin = 'exec' AND r.res >= 0 AND +r.ts_ns < p.start_ns
        AND r.event_id >> 40 = p.capture_id AND s.text <> p.path
        AND p.exe_ctime_ns >= r.ts_ns - 20000000)
  GROUP BY path),
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
      OR path GLOB '/etc/pam.d/*' OR path GLOB '/etc/passwd*'
      OR path GLOB '/etc/ld.so.conf*' OR path GLOB '/etc/profile*'
      OR path GLOB '/etc/rc*' OR path GLOB '/etc/init.d/*'
      OR path GLOB '*lib/systemd/system/*' OR path GLOB '*/.bashrc'
      OR path GLOB '*/.bash_profile' OR path GLOB '*/.profile'
      OR path GLOB '*/.zshrc' OR path GLOB '/etc/udev/rules.d/*'
      OR path GLOB '/etc/apt/apt.conf*' AS sensitive
  FROM touched GROUP BY path)
SELECT path, reads, written, executed, deleted, refused, absent, dropped,
  sensitive,
  round((first - :start) / 1e6, 3) AS t, round((last - :start) / 1e6, 3) AS end,
  (SELECT name FROM processes WHERE process_id = coalesce((SELECT process_id
    FROM raw_files WHERE event_id = event LIMIT 1), process)) AS process
FROM file ORDER BY dropped DESC, sensitive DESC, refused > 0 DESC,
  written > 0 DESC, reads + written + executed + deleted DESC, absent DESC,
  path;
