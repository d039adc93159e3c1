/** Rule text to compiled rules, behind one door: {@link dev.sluice.rule.compile.RuleCompiler}. It never throws on bad text, it returns all problems at once. */
@NullMarked
package dev.sluice.rule.compile;

import org.jspecify.annotations.NullMarked;
