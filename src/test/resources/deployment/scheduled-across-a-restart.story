Version 2 waits for its instant, 12:01:30 UTC, although its decider dies in between.

0:00 a b c join
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: scheduled, at: 2026-12-01T12:01:30Z, then: canary, stages: [20, 100]}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> Staged (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 is fed
0:00:20 anna: activate
  refused: Activation time not reached: version 2 of payments is scheduled for 2026-12-01T12:01:30Z, and it is 2026-12-01T12:00:20Z; wait, or publish it without a schedule
0:00:20 anna: promote
  refused: Activation time not reached: version 2 of payments is scheduled for 2026-12-01T12:01:30Z, and it is 2026-12-01T12:00:20Z; wait, or publish it without a schedule
0:00:30 another decider takes over
0:00:40 anna: advance
  refused: Not allowed now: version 2 of payments is Staged, and advance needs RollingOut; activate, promote or abort it
  0:01:30 version 2: Staged -> RollingOut (sluice: it is time)
  0:01:30 version 1 serves, version 2 20.0 % of the keys
0:01:31 end
