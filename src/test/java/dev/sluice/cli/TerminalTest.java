package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TerminalTest {
    private final StringWriter screen = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(screen), 10);

    @Test
    void aLineTakesThePlaceOfTheOneBefore() {
        terminal.redraw("one");
        terminal.redraw("two");
        terminal.clear();

        assertThat(screen).hasToString("\r\u001B[2Kone\r\u001B[2Ktwo\r\u001B[2K");
    }

    @Test
    void aLongLineIsCutSoThatItNeverWraps() {
        terminal.redraw("0123456789abc");

        assertThat(screen).hasToString("\r\u001B[2K012345678");
    }
}
