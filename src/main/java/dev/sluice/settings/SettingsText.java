package dev.sluice.settings;

import dev.sluice.deployment.DeploymentTemplates;
import dev.sluice.deployment.RuleBudget;
import dev.sluice.text.TimeText;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings in the words of a settings file. */
final class SettingsText {
    private final Map<String, String> parts = new LinkedHashMap<>();

    private SettingsText() {}

    static Map<String, String> of(FleetSettings settings) {
        SettingsText text = new SettingsText();
        FleetSettings.Limits limits = settings.limits();
        limits.evaluationBudgetUs().ifPresent(value -> text.put("limits.evaluationBudgetUs", value));
        limits.versionsKept().ifPresent(value -> text.put("limits.versionsKept", value));
        limits.splits().ifPresent(value -> text.put("limits.splits", value));
        FleetSettings.Budgets budgets = settings.budgets();
        budgets.errorRate().ifPresent(value -> text.put("budgets.errorRate", value));
        budgets.minimumErrors().ifPresent(value -> text.put("budgets.minimumErrors", value));
        budgets.timeouts().ifPresent(value -> text.put("budgets.timeouts", value));
        budgets.window().ifPresent(value -> text.put("budgets.window", TimeText.of(value)));
        budgets.trial().ifPresent(value -> text.put("budgets.trial", TimeText.of(value)));
        text.templates(settings.templates());
        FleetSettings.Monitoring monitoring = settings.monitoring();
        monitoring.heartbeatMs().ifPresent(value -> text.put("monitoring.heartbeatMs", value));
        monitoring.figuresMs().ifPresent(value -> text.put("monitoring.figuresMs", value));
        monitoring.timedEvaluations().ifPresent(value -> text.put("monitoring.timedEvaluations", value));
        return text.parts;
    }

    static Map<String, String> of(SettingsInForce settings) {
        SettingsText text = new SettingsText();
        text.put("limits.evaluationBudgetUs", settings.evaluationBudgetUs());
        text.put("limits.versionsKept", settings.versionsKept());
        text.put("limits.splits", settings.splits());
        RuleBudget budget = settings.budget();
        text.put("budgets.errorRate", budget.errorRate());
        text.put("budgets.minimumErrors", budget.minimumErrors());
        text.put("budgets.timeouts", budget.timeouts());
        text.put("budgets.window", TimeText.of(budget.window()));
        text.put("budgets.trial", TimeText.of(budget.trial()));
        text.put("monitoring.heartbeatMs", settings.pace().heartbeatMs());
        text.put("monitoring.figuresMs", settings.pace().figuresMs());
        text.put("monitoring.timedEvaluations", settings.pace().timedEvaluations());
        return text.parts;
    }

    private void templates(DeploymentTemplates templates) {
        templates
                .byName()
                .forEach((name, spec) ->
                        spec.definition().forEach((key, value) -> put("templates." + name + "." + key, value)));
        templates.byDefault().ifPresent(byDefault -> {
            if (byDefault.template().isPresent()) {
                put("deployment", byDefault.template().get());
            } else {
                byDefault.spec().definition().forEach((key, value) -> put("deployment." + key, value));
            }
        });
    }

    private void put(String path, Object value) {
        parts.put(path, String.valueOf(value));
    }
}
