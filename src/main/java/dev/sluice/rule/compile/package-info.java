/** Rule text to compiled rules, behind one door: {@link dev.sluice.rule.compile.RuleCompiler}. It never throws on bad text, it returns all problems at once. Constants and template parameters are written out in the expressions before these are checked, so that nothing behind knows of them. */
@NullMarked
package dev.sluice.rule.compile;

import org.jspecify.annotations.NullMarked;
