package dev.sluice.config;

/** The names of Sluice's own topics under one prefix, {@code sluice} unless configured. */
public record TopicNames(String prefix) {
    public String control() {
        return prefix + ".control";
    }

    public String commands() {
        return prefix + ".commands";
    }

    public String status() {
        return prefix + ".status";
    }

    public String audit() {
        return prefix + ".audit";
    }

    public String deadLetters() {
        return prefix + ".dead-letters";
    }

    public String alerts() {
        return prefix + ".alerts";
    }
}
