package dev.sluice.control;

import dev.sluice.rule.compile.RuleCompiler;
import java.util.function.Supplier;

/**
 * What the decider works with on its instance.
 *
 * @param installation what the instance compiled and installed
 * @param image the control topic as it is folded, also what is not installed yet
 * @param compiler for versions that the instance does not need; made for the decider alone, since its thread is another
 */
record DeciderParts(
        Supplier<Installation> installation,
        Supplier<ControlImage> image,
        RuleCompiler compiler,
        ControlPlane.Limits limits) {}
