Nobody but a person tells the winner.

0:00 a b c join
0:00 traffic 600
0:00 publish 1
  0:00:01 version 1: Preparing (ci: version 1)
  0:00:01 version 1: Preparing -> Active (sluice: the fleet is prepared)
  0:00:01 version 1 serves
0:00:10 publish 2 {strategy: ab_test, ratio: 0.75, duration: 1m, winner: manual}
  0:00:11 version 2: Preparing (ci: version 2)
  0:00:11 version 2: Preparing -> RollingOut (sluice: the fleet is prepared)
  0:00:11 version 1 serves, version 2 25.0 % of the keys
0:00:30 anna: advance
  refused: Not allowed now: only a canary has stages, and version 2 of payments is deployed by ab_test; promote gives it all keys
  0:01:11 version 2: RollingOut -> Paused (sluice: the test is over: promote the version, or abort it)
0:03 anna: promote (version 2 finds more)
  0:03:00 version 2: Paused -> Active (anna: version 2 finds more)
  0:03:00 version 2 serves
  accepted: Active
0:04 end
