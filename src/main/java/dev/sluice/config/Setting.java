package dev.sluice.config;

/** One setting as text, and where it was written. */
record Setting(String value, Place place) {
    /** Without the value, which may be a secret. */
    @Override
    public String toString() {
        return "Setting[" + place + "]";
    }
}
