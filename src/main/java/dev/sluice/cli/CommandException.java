package dev.sluice.cli;

/** A command cannot do what it was asked; the message is for its user. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }
}
