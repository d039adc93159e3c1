package dev.sluice.cli;

/** A command cannot do what it was asked; the message is for its user. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    CommandException(String message) {
        this(message, Exit.REFUSED);
    }

    private CommandException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** What was asked makes no sense. */
    static CommandException usage(String message) {
        return new CommandException(message, Exit.USAGE);
    }

    /** A deadline passed. */
    static CommandException late(String message) {
        return new CommandException(message, Exit.DEADLINE);
    }

    /** The exit code. */
    int code() {
        return code;
    }
}
