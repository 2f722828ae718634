-- who read credentials, or asked the metadata service
-- @since TIME begin only after this time
-- @until TIME end only before this time
WITH secret AS MATERIALIZED ( -- a range of the index each, but for the last
  SELECT string_id FROM strings
  WHERE text GLOB '/etc/*' AND (text GLOB '/etc/shadow*'
    OR text GLOB '/etc/gshadow*' OR text GLOB '/etc/sudoers*'
    OR text GLOB '/etc/security/opasswd*' OR text GLOB '/etc/krb5.keytab'
    OR text GLOB '/etc/ssh/ssh_host_*key')
  UNION SELECT string_id FROM strings WHERE text GLOB '/run/secrets/*'
  UNION SELECT string_id FROM strings WHERE text GLOB '/var/run/secrets/*'
  UNION SELECT string_id FROM strings
  WHERE text GLOB '/proc/*' AND text GLOB '/proc/[0-9]*/environ'
  UNION SELECT string_id FROM strings WHERE text GLOB '*/.*'
    AND (text GLOB '*/.ssh/id_*' OR text GLOB '*/.aws/credentials'
    OR text GLOB '*/.docker/config.json' OR text GLOB '*/.kube/config'
    OR text GLOB '*/.git-credentials' OR text GLOB '*/.netrc'
    OR text GLOB '*/.pgpass' OR text GLOB '*/.gnupg/*'
    OR text GLOB '*/.config/gcloud/*' OR text GLOB '*/.azure/*')
)
SELECT f.time, coalesce(f.object, f.path) AS what, f.process, f.pid, f.user,
  f.cmdline, f.res, f.operation, iif(f.object IS NULL, f.target, f.path) AS other
FROM files f
WHERE f.event_id IN (
    SELECT event_id FROM raw_files WHERE path_id IN secret
    UNION SELECT event_id FROM raw_files WHERE target_id IN secret
    UNION SELECT event_id FROM raw_files WHERE object_id IN secret)
  AND f.ts_ns BETWEEN @since AND @until
UNION ALL
SELECT c.first_time, c.remote_address, p.name, p.pid, p.user, p.cmdline, c.res,
  'connect', NULL
FROM connections c LEFT JOIN processes p ON p.process_id = c.process_id
WHERE c.remote_address IN ('169.254.169.254', '169.254.170.2', 'fd00:ec2::254')
  AND c.first_ns BETWEEN @since AND @until
ORDER BY 1
