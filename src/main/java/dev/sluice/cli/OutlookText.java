package dev.sluice.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.app.Outlook;
import dev.sluice.deployment.Deployment;
import java.util.ArrayList;
import java.util.List;

/** How a version would be deployed, and what stands against it. */
final class OutlookText {
    private OutlookText() {}

    static List<String> lines(Outlook outlook) {
        List<String> lines = new ArrayList<>(steps(outlook));
        lines.add("fleet");
        lines.add("  " + fleet(outlook));
        if (!outlook.silent().isEmpty()) {
            lines.add("! silent: " + String.join(", ", outlook.silent())
                    + "; counts until it is gone, so the version may fail at its deadline");
        }
        outlook.superseded().ifPresent(of -> lines.add("! " + conflict(of)));
        if (outlook.waitsForOthers()) {
            lines.add("! " + outlook.splits() + " other rulesets are split now: it would wait for one of them");
        }
        return lines;
    }

    static ObjectNode json(Outlook outlook) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("strategy", outlook.spec().strategy().name());
        node.put("first", outlook.isFirst());
        steps(outlook).forEach(node.putArray("steps")::add);
        outlook.live().forEach(node.putArray("live")::add);
        outlook.silent().forEach(node.putArray("silent")::add);
        node.put("needed", outlook.needed());
        node.set("supersedes", outlook.superseded().map(DeploymentJson::of).orElse(null));
        node.put("waitsForOthers", outlook.waitsForOthers());
        return node;
    }

    private static List<String> steps(Outlook outlook) {
        return outlook.isFirst() ? StrategyText.linesOfFirst(outlook.spec()) : StrategyText.lines(outlook.spec());
    }

    private static String fleet(Outlook outlook) {
        if (outlook.live().isEmpty() && outlook.silent().isEmpty()) {
            return "no instance is there; the next one to start begins with it";
        }
        int all = outlook.live().size() + outlook.silent().size();
        return outlook.needed() + " of " + all + (all == 1 ? " instance" : " instances") + " must be prepared; live: "
                + (outlook.live().isEmpty() ? "none" : String.join(", ", outlook.live()));
    }

    private static String conflict(Deployment of) {
        String share = StateText.stage(of.state()).isPresent() ? " at " + StateText.percent(of) : "";
        String back = of.before().isPresent()
                ? "; its keys go back to version " + of.before().getAsLong() + " at once"
                : "";
        return "would supersede version " + of.version() + ", which is "
                + of.state().word() + share + back;
    }
}
