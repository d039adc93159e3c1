package dev.sluice.control;

import dev.sluice.deployment.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which versions of a ruleset are so old that they go from the control topic. */
final class VersionHistory {
    private VersionHistory() {}

    /**
     * Numbers in the order in which they are to be deleted. Of refused records under old numbers first: without the accepted
     * ones that stood before them they would be accepted.
     *
     * @param kept how many accepted versions stay, the newest; those that may serve stay as well
     */
    static List<Long> removable(RulesetImage versions, @Nullable Deployment deployment, int kept) {
        List<Long> accepted = versions.accepted().stream()
                .map(each -> each.published().version())
                .toList();
        if (accepted.size() <= kept) {
            return List.of();
        }
        long oldestKept = accepted.get(accepted.size() - kept);
        Set<Long> old = new TreeSet<>();
        versions.refused().stream()
                .map(RulesetImage.Refusal::version)
                .filter(version -> version < oldestKept && !accepted.contains(version))
                .forEach(old::add);
        List<Long> removable = new ArrayList<>(old);
        accepted.stream()
                .filter(version -> version < oldestKept)
                .filter(version -> deployment == null || !deployment.mayServe(version))
                .forEach(removable::add);
        boolean onlyRefused = removable.size() == old.size();
        return onlyRefused ? List.of() : removable;
    }
}
