-- figures that no list below has as its length
-- at most 1 rows, 1000 bytes
SELECT (SELECT sum(events) FROM captures) AS events,
  (SELECT count(*) FROM processes WHERE origin = 'exec') AS programs,
  (SELECT count(*) FROM processes WHERE origin <> 'exec') AS processes;
