A version that is only staged gets no key before it is activated. A staged one can be left for another.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: canary, stages: [20, 100], stageDuration: 10m, stageOnly: true}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> Staged (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 is fed
0:00:30 anna: advance
  refused: Not allowed now: version 2 of payments is Staged, and advance needs RollingOut; activate, promote or abort it
0:00:31 anna: pause
  refused: Not allowed now: version 2 of payments is Staged, and pause needs RollingOut; activate, promote or abort it
0:00:32 anna: activate (reviewed)
  0:00:32 version 2: Staged -> RollingOut (anna: reviewed)
  0:00:32 version 1 serves, version 2 20.0 % of the keys
  accepted: RollingOut
0:00:40 anna: activate
  refused: Not allowed now: version 2 of payments is RollingOut, and activate needs a staged version; pause, promote, abort or roll it back
0:00:50 publish 3 {stageOnly: true}
  0:00:51 version 2: RollingOut -> Superseded (ci: by version 3)
  0:00:51 version 3: Preparing (ci: version 3)
  0:00:51 version 3: Preparing -> Staged (sluice: the fleet is prepared)
  0:00:51 version 1 serves, version 3 is fed
0:01 anna: abort
  0:01:00 version 3: Staged -> RolledBack (anna: aborted by anna)
  0:01:00 version 1 serves
  accepted: RolledBack
0:01:01 anna: promote
  refused: No active deployment: version 3 of payments is RolledBack already; publish a corrected version, or activate one
0:01:10 end
