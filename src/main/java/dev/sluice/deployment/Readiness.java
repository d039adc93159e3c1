package dev.sluice.deployment;

import dev.sluice.deployment.FleetView.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far the fleet is prepared for the version of a deployment.
 *
 * @param present the instances that count
 */
record Readiness(Activation activation, long version, List<Instance> present, Instant now) {

    static Readiness of(Deployment deployment, Situation situation) {
        return new Readiness(
                deployment.spec().activation(),
                deployment.version(),
                situation.fleet().present(situation.now()),
                situation.now());
    }

    boolean isMet() {
        int prepared = (int) present.stream()
                .filter(instance -> instance.prepared().contains(version))
                .count();
        return activation.isMet(prepared, present.size());
    }

    boolean canBeMet() {
        int refused = (int) present.stream()
                .filter(instance -> instance.refused().containsKey(version))
                .count();
        return refused == 0 || activation.canBeMet(refused, present.size());
    }

    /** Who refused, and why. */
    String refusals() {
        return present.stream()
                .filter(instance -> instance.refused().containsKey(version))
                .map(instance ->
                        instance.id() + " refused it: " + instance.refused().get(version))
                .collect(Collectors.joining("; "));
    }

    /** Who is not prepared, and why. */
    String missing() {
        if (present.isEmpty()) {
            return "no instance is there";
        }
        return present.stream()
                .filter(instance -> !instance.prepared().contains(version))
                .map(this::missing)
                .collect(Collectors.joining("; "));
    }

    private String missing(Instance instance) {
        if (instance.refused().containsKey(version)) {
            return instance.id() + " refused it: " + instance.refused().get(version);
        }
        return instance.isSilent(now)
                ? instance.id() + " is silent since "
                        + Duration.between(instance.heardAt(), now).toSeconds() + " s"
                : instance.id() + " has not compiled it yet";
    }
}
