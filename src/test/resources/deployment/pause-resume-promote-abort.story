A person stops a canary, lets it go on, gives it everything, or takes it back.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 publish 2 {strategy: canary, stages: [10, 50, 100], stageDuration: 2m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 10.0 % of the keys
0:02 anna: pause (a call from the bank)
  0:02:00 version 2: RollingOut -> Paused (anna: a call from the bank)
  accepted: Paused
0:02:30 anna: advance
  refused: Not allowed now: version 2 of payments is Paused, and advance needs RollingOut; resume, promote, abort or roll it back
0:10 anna: resume
  0:10:00 version 2: Paused -> RollingOut (anna: resumed by anna)
  accepted: RollingOut
0:11 anna: resume
  refused: Not allowed now: version 2 of payments is RollingOut, and resume needs Paused; pause, promote, abort or roll it back
  0:12:00 version 2: RollingOut -> RollingOut (sluice: stage passed)
  0:12:00 version 1 serves, version 2 50.0 % of the keys
0:13 anna: promote (enough)
  0:13:00 version 2: RollingOut -> Active (anna: enough)
  0:13:00 version 2 serves
  accepted: Active
0:20 publish 3 {strategy: canary, stageDuration: 2m}
  0:20:01 version 3: Preparing (ci: version 3)
  0:20:01 version 3: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:20:01 version 2 serves, version 3 5.0 % of the keys
0:21 anna: pause
  0:21:00 version 3: RollingOut -> Paused (anna: paused by anna)
  accepted: Paused
0:22 anna: abort
  0:22:00 version 3: Paused -> RollingBack (anna: aborted by anna)
  0:22:00 version 2 serves
  accepted: RollingBack
  0:22:01 version 3: RollingBack -> RolledBack (sluice: every instance is back)
0:23 anna: abort
  refused: No active deployment: version 3 of payments is RolledBack already; publish a corrected version, or activate one
0:24 end
