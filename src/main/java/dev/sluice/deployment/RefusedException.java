package dev.sluice.deployment;

/** A command that is refused; only within the package. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Answer.Refused refused;

    RefusedException(Answer.Refused refused) {
        super(refused.message(), null, false, false);
        this.refused = refused;
    }

    Answer.Refused refused() {
        return refused;
    }
}
