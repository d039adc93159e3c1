package dev.sluice.app;

/** The build that runs. */
public final class Build {
    private Build() {}

    /** Version from the jar's manifest; {@code dev} outside a jar. */
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
