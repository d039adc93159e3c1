An instance that joins just before the instant has its time to compile the version.

0:00 a b join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: scheduled, at: 2026-12-01T12:01:00Z}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> Staged (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 is fed
0:00:58 c joins
0:00:58 c lags
  0:01:00 version 2: Staged -> Staged (sluice: its time has come, but not all instances are prepared any more)
0:01:10 c compiles
  0:01:11 version 2: Staged -> Active (sluice: it is time)
  0:01:11 version 2 serves
0:01:12 publish 3 {strategy: scheduled, at: 2026-12-01T12:02:00Z}
  0:01:13 version 3: Preparing (ci: version 3)
  0:01:13 version 3: Preparing -> Staged (sluice: the fleet is prepared)
  0:01:13 version 2 serves, version 3 is fed
0:01:58 d joins
0:01:58 d lags
  0:02:00 version 3: Staged -> Staged (sluice: its time has come, but not all instances are prepared any more)
  0:02:30 version 3: Staged -> Failed (sluice: when its time had come, not prepared within 30s: d has not compiled it yet)
  0:02:30 version 2 serves
0:02:40 end
