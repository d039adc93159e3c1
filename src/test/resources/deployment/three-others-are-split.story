Each split ruleset doubles the indexes, so a fourth one waits. All keys at once need no split.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:01 3 others are split
0:01 publish 2 {strategy: canary, stages: [50, 100], stageDuration: 1m}
  0:01:01 version 2: Preparing (ci: version 2)
  0:01:01 version 2: Preparing -> Staged (sluice: the fleet is prepared)
  0:01:01 version 1 serves, version 2 is fed
0:02 anna: activate
  refused: Not allowed now: 3 other rulesets are split now, and version 2 of payments cannot be; wait for one of them, or promote gives it all keys
0:30 d joins
0:30 d lags
  0:30:01 version 2: Staged -> Staged (sluice: its time has come, but not all instances are prepared any more)
0:30:20 d compiles
  0:30:21 version 2: Staged -> Staged (sluice: waits for one of 3 other rulesets that are split)
0:31 2 others are split
  0:31:01 version 2: Staged -> RollingOut (sluice: it is time)
  0:31:01 version 1 serves, version 2 50.0 % of the keys
  0:32:01 version 2: RollingOut -> Active (sluice: stage passed)
  0:32:01 version 2 serves
0:40 3 others are split
0:40 publish 3 {strategy: canary}
  0:40:01 version 3: Preparing (ci: version 3)
  0:40:01 version 3: Preparing -> Staged (sluice: the fleet is prepared)
  0:40:01 version 2 serves, version 3 is fed
0:41 anna: promote
  0:41:00 version 3: Staged -> Active (anna: promoted by anna)
  0:41:00 version 3 serves
  accepted: Active
0:42 end
