package dev.sluice.cli;

import dev.sluice.app.Build;
import picocli.CommandLine.IVersionProvider;

/** The version for {@code --version}. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sluice " + Build.version()};
    }
}
