package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/** The directions between the packages, and what the core must not see. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String[] CORE = {
        "dev.sluice.rule",
        "dev.sluice.rule.plan",
        "dev.sluice.ruleset",
        "dev.sluice.evaluation",
        "dev.sluice.window",
        "dev.sluice.deployment",
        "dev.sluice.pool",
        "dev.sluice.settings",
        "dev.sluice.text"
    };

    @ArchTest
    static final ArchRule coreSeesNoInfrastructure = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.apache.kafka..", "org.apache.avro..", "org.slf4j..", "java.io..", "java.nio.file..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule coreStartsNoThreadAndReadsNoClock = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Thread.class, Clock.class)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.concurrent\\.(Executor.*|.*Pool|CompletableFuture)")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now");

    @ArchTest
    static final ArchRule ruleKnowsOnlyWindowsAndStrategies =
            seesOnly("dev.sluice.rule", "rule", "window", "deployment");

    @ArchTest
    static final ArchRule compilerKnowsOnlyTheModel = seesOnly(
            "dev.sluice.rule.compile..",
            "rule",
            "rule.compile",
            "rule.plan",
            "window",
            "deployment",
            "settings",
            "text");

    @ArchTest
    static final ArchRule plansKnowOnlyTheModel = seesOnly("dev.sluice.rule.plan", "rule", "rule.plan");

    @ArchTest
    static final ArchRule plansKnowNoExpressionLanguage = noClasses()
            .that()
            .resideInAPackage("dev.sluice.rule.plan")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.cel..");

    @ArchTest
    static final ArchRule rulesetKnowsOnlyRulesAndWindows =
            seesOnly("dev.sluice.ruleset", "ruleset", "rule", "window", "deployment");

    @ArchTest
    static final ArchRule evaluationKnowsOnlyTheCore =
            seesOnly("dev.sluice.evaluation", "evaluation", "ruleset", "rule", "window", "deployment");

    @ArchTest
    static final ArchRule windowsStandAlone = seesOnly("dev.sluice.window", "window");

    @ArchTest
    static final ArchRule onlyWindowsKnowSketches = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.window")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.datasketches..");

    @ArchTest
    static final ArchRule deploymentStandsAlone = seesOnly("dev.sluice.deployment", "deployment", "text");

    @ArchTest
    static final ArchRule settingsKnowOnlyDeployments =
            seesOnly("dev.sluice.settings", "settings", "deployment", "text");

    @ArchTest
    static final ArchRule eventKnowsOnlyTheModelAndItsBytes = seesOnly("dev.sluice.event", "event", "rule", "serde");

    @ArchTest
    static final ArchRule eventFilesStandAlone = seesOnly("dev.sluice.events", "events", "text");

    @ArchTest
    static final ArchRule configStandsAlone = seesOnly("dev.sluice.config", "config", "text");

    @ArchTest
    static final ArchRule topicsKnowOnlyTheirDeclaration = seesOnly("dev.sluice.topics", "topics", "config");

    @ArchTest
    static final ArchRule serdeStandsAlone = seesOnly("dev.sluice.serde", "serde");

    @ArchTest
    static final ArchRule controlKnowsNoEvents = seesOnly(
            "dev.sluice.control",
            "control",
            "deployment",
            "evaluation",
            "rule",
            "rule.compile",
            "ruleset",
            "schema",
            "serde",
            "settings");

    @ArchTest
    static final ArchRule engineCompilesNothing = seesOnly(
            "dev.sluice.engine",
            "engine",
            "config",
            "control",
            "deployment",
            "evaluation",
            "event",
            "rule",
            "ruleset",
            "schema",
            "serde",
            "settings",
            "window");

    @ArchTest
    static final ArchRule onlyCommandsAndDemoSeeThemselves = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.cli", "dev.sluice.demo")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.cli", "dev.sluice.demo");

    @ArchTest
    static final ArchRule theCompilersDoorsAreFew = classes()
            .that()
            .resideInAPackage("dev.sluice.rule.compile")
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching("dev\\.sluice\\.rule\\.compile\\.(RuleCompiler|Compilation|Effort|Pace|SettingsReader)");

    private static ArchRule seesOnly(String from, String... allowed) {
        String[] packages = new String[allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            packages[i] = "dev.sluice." + allowed[i];
        }
        return classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.sluice..")).or(resideInAnyPackage(packages)))
                .allowEmptyShould(true);
    }
}
