package dev.sluice.cli;

/** How a command prints: for people or for scripts. */
enum OutputFormat {
    TABLE,
    JSON
}
