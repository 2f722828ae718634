-- changes of user, group and capabilities: calls, and programs run as another user
-- @since TIME begin only after this time
-- @until TIME end only before this time
SELECT c.time, p.name AS process, p.pid, c.call AS what,
  CASE WHEN c.call = 'capset' THEN c.caps_before
    WHEN c.call GLOB 'set*gid' THEN c.gid_before
      || iif(c.rgid_before <> c.gid_before, ' (real ' || c.rgid_before || ')', '')
    ELSE c.uid_before
      || iif(c.ruid_before <> c.uid_before, ' (real ' || c.ruid_before || ')', '')
    END AS before,
  CASE WHEN c.call = 'capset' THEN c.caps_after
    WHEN c.call GLOB 'set*gid' THEN c.gid_after
      || iif(c.rgid_after <> c.gid_after, ' (real ' || c.rgid_after || ')', '')
    ELSE c.uid_after
      || iif(c.ruid_after <> c.uid_after, ' (real ' || c.ruid_after || ')', '')
    END AS after, c.res
FROM user_changes c LEFT JOIN processes p ON p.process_id = c.process_id
WHERE c.call NOT GLOB 'exec*' AND c.ts_ns BETWEEN @since AND @until
UNION ALL
SELECT start_time, name, pid, 'run ' || coalesce(path, ''), before, uid, 0
FROM (
  SELECT start_time, start_ns, name, pid, path, uid, origin,
    lag(uid) OVER (PARTITION BY capture_id, pid ORDER BY process_id) AS before
  FROM processes)
WHERE origin = 'exec' AND uid <> before AND start_ns BETWEEN @since AND @until
ORDER BY 1
