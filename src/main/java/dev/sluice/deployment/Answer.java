package dev.sluice.deployment;

/** What becomes of a command. */
public sealed interface Answer {

    /** Done. {@code state} is what the deployment is in now. */
    record Accepted(DeploymentState state) implements Answer {}

    /** Done. {@code quarantine} is how it stands with the rule now. */
    record Released(Quarantine quarantine) implements Answer {}

    /** Nothing changed. {@code message} says what, which one and what to do. */
    record Refused(Refusal code, String message) implements Answer {}

    /** Why a command is refused: one code a reason. */
    enum Refusal {
        VERSION_NOT_FOUND("Version not found"),
        NO_PREVIOUS_VERSION("No previous version to rollback to"),
        ACTIVATION_TIME_NOT_REACHED("Activation time not reached"),
        NO_ACTIVE_DEPLOYMENT("No active deployment"),
        STAGE_TIME_NOT_OVER("Stage time not over"),
        NOT_HEALTHY("Not healthy"),
        NOT_PREPARED("Not prepared"),
        BAD_DEPLOYMENT("Not to be deployed like that"),
        NOT_ALLOWED("Not allowed now"),
        RULE_NOT_IN_QUARANTINE("Rule not in quarantine"),
        ALREADY_ON_TRIAL("Already on trial");

        private final String title;

        Refusal(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        Refused with(String detail) {
            return new Refused(this, title + ": " + detail);
        }
    }
}
